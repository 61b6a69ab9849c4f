import { Dialog } from '@base-ui/react/dialog';
import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useEffect, useState } from 'react';
import { useMe } from '../session/session.ts';
import { useKeyboard } from './keyboard.ts';
import { navigationFor } from './navigation.ts';
import { Wordmark } from './wordmark.tsx';

/** Nobody waits for these to read the page: the palette comes when it is opened, the menu right after the page. */
const AccountMenu = lazy(async () => ({ default: (await import('./account-menu.tsx')).AccountMenu }));
const Palette = lazy(async () => ({ default: (await import('./palette.tsx')).Palette }));

/** What stands around every page for who is signed in: the rail, the palette, the account. */
export function Frame() {
  const [paletteOpen, setPaletteOpen] = useState(false);
  const openPalette = useCallback(() => setPaletteOpen(true), []);
  useKeyboard(openPalette);
  return (
    <div className="min-h-dvh lg:grid lg:grid-cols-[220px_minmax(0,1fr)]">
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-60 focus:rounded-md focus:bg-accent focus:px-4 focus:py-2 focus:text-on-accent"
      >
        Skip to content
      </a>
      <aside className="sticky top-0 hidden h-dvh overflow-y-auto border-r border-line bg-sunken px-3 py-4 lg:block">
        <Link to="/dashboard" className="mb-5 block px-2">
          <Wordmark />
        </Link>
        <Rail />
      </aside>
      <div className="flex min-w-0 flex-col">
        <header className="sticky top-0 z-30 flex min-h-12 items-center gap-3 border-b border-line bg-paper px-4 sm:px-8">
          <PhoneRail />
          <button
            type="button"
            onClick={openPalette}
            className="flex min-h-8 w-full max-w-xs items-center justify-between rounded-md border border-line-strong bg-surface px-3 text-sm text-muted hover:bg-sunken"
          >
            <span>Find anything</span>
            <kbd className="hidden font-sans text-xs sm:inline">Ctrl K</kbd>
          </button>
          <div className="ml-auto">
            <Suspense>
              <AccountMenu />
            </Suspense>
          </div>
        </header>
        <main id="content" tabIndex={-1} className="min-w-0 flex-1 outline-none">
          <Outlet />
        </main>
      </div>
      <Suspense>{paletteOpen && <Palette onClose={() => setPaletteOpen(false)} />}</Suspense>
    </div>
  );
}

function Rail() {
  const { role } = useMe();
  return (
    <nav aria-label="Main" className="grid gap-5">
      {navigationFor(role).map(({ label, destinations }) => (
        <div key={label}>
          <p className="px-2 pb-1 text-xs font-medium text-muted">{label}</p>
          <ul className="grid gap-px">
            {destinations.map(({ label: name, to }) => (
              <li key={to}>
                <Link
                  to={to}
                  className="block rounded-md px-2 py-1.5 hover:bg-surface data-[status=active]:bg-accent-soft data-[status=active]:font-semibold data-[status=active]:text-accent"
                >
                  {name}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

/** The rail of a small screen, behind a button. */
function PhoneRail() {
  const [open, setOpen] = useState(false);
  const path = useRouterState({ select: ({ location }) => location.pathname });
  useEffect(() => setOpen(false), [path]);
  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Trigger
        aria-label="Menu"
        className="grid size-8 shrink-0 place-items-center rounded-md border border-line-strong bg-surface lg:hidden"
      >
        <svg aria-hidden viewBox="0 0 16 16" className="size-4" fill="none" stroke="currentColor" strokeWidth="1.6">
          <path d="M2 4h12M2 8h12M2 12h12" />
        </svg>
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-ink/35" />
        <Dialog.Popup className="fixed inset-y-0 left-0 z-50 w-64 overflow-y-auto bg-sunken px-3 py-4 shadow-float">
          <Dialog.Title className="mb-5 px-2">
            <Wordmark />
          </Dialog.Title>
          <Rail />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
