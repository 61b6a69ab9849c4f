import { Menu } from '@base-ui/react/menu';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../api/client.ts';
import { changeSession, useMe } from '../session/session.ts';
import { chooseTheme, chosenTheme, type Theme } from './theme.ts';

const item = 'flex min-h-8 cursor-default items-center rounded px-3 text-base data-[highlighted]:bg-sunken';
const themes: readonly [Theme, string][] = [
  ['system', 'Appearance: as the system'],
  ['light', 'Appearance: light'],
  ['dark', 'Appearance: dark'],
];

/** Who is signed in, and what is theirs. */
export function AccountMenu() {
  const me = useMe();
  const navigate = useNavigate();
  const [theme, setTheme] = useState(chosenTheme());
  const signOut = async () => {
    await changeSession(() => api.POST('/api/auth/logout', { body: null }));
    await navigate({ to: '/login' });
  };
  return (
    <Menu.Root>
      <Menu.Trigger className="flex min-h-8 items-center gap-2 rounded-md px-2 hover:bg-sunken">
        <span
          aria-hidden
          className="grid size-6 place-items-center rounded-full bg-accent-soft text-xs font-semibold text-accent"
        >
          {me.fullName.charAt(0)}
        </span>
        <span className="max-w-40 truncate">{me.fullName}</span>
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner align="end" sideOffset={6} className="z-50">
          <Menu.Popup className="min-w-60 rounded-md border border-line bg-surface p-1 shadow-float">
            <p className="px-3 py-1.5 text-xs text-muted">{me.email}</p>
            <Menu.Item className={item} onClick={() => void navigate({ to: '/settings' })}>
              Profile and sessions
            </Menu.Item>
            <Menu.Item className={item} onClick={() => void navigate({ to: '/organizations' })}>
              Organizations
            </Menu.Item>
            <Menu.Item className={item} onClick={() => void navigate({ to: '/help' })}>
              Guides and keys
            </Menu.Item>
            <Menu.Separator className="my-1 h-px bg-line" />
            <Menu.RadioGroup
              value={theme}
              onValueChange={(value: Theme) => {
                chooseTheme(value);
                setTheme(value);
              }}
            >
              {themes.map(([value, label]) => (
                <Menu.RadioItem key={value} value={value} className={`${item} gap-2`}>
                  <span className="w-3">
                    <Menu.RadioItemIndicator>✓</Menu.RadioItemIndicator>
                  </span>
                  {label}
                </Menu.RadioItem>
              ))}
            </Menu.RadioGroup>
            <Menu.Separator className="my-1 h-px bg-line" />
            <Menu.Item className={item} onClick={() => void signOut()}>
              Sign out
            </Menu.Item>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
