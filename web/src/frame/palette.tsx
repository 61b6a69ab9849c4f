import { Autocomplete } from '@base-ui/react/autocomplete';
import { Dialog } from '@base-ui/react/dialog';
import { useNavigate } from '@tanstack/react-router';
import { useMe } from '../session/session.ts';
import { shortcuts } from './keyboard.ts';
import { type Destination, navigationFor } from './navigation.ts';

interface Found extends Destination {
  group: string;
}

/** Finds every page by its name or another word for it, and shows the keys. */
export function Palette({ onClose }: { onClose(): void }) {
  const navigate = useNavigate();
  const { role } = useMe();
  const found: Found[] = [
    ...navigationFor(role).flatMap(({ label: group, destinations }) =>
      destinations.map((each) => ({ ...each, group })),
    ),
    { group: 'You', label: 'Profile and sessions', to: '/settings', also: 'account password' },
    { group: 'You', label: 'Organizations', to: '/organizations', also: 'members team invite' },
    { group: 'You', label: 'Guides and keys', to: '/help', also: 'help shortcuts' },
  ];
  const go = ({ to }: Found) => {
    onClose();
    void navigate({ to });
  };
  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-ink/35" />
        <Dialog.Popup
          aria-label="Find anything"
          className="fixed top-[12vh] left-1/2 z-50 w-[min(34rem,calc(100vw-1.5rem))] -translate-x-1/2 overflow-hidden rounded-md border border-line bg-surface shadow-float"
        >
          <Autocomplete.Root
            open
            inline
            items={found}
            itemToStringValue={(each: Found) => `${each.label} ${each.group} ${each.also ?? ''}`}
            autoHighlight="always"
            keepHighlight
          >
            <Autocomplete.Input
              placeholder="Where to?"
              aria-label="Where to?"
              className="w-full border-b border-line bg-transparent px-4 py-3 text-lg outline-none"
            />
            <Autocomplete.Empty className="px-4 py-6 text-muted empty:hidden">
              Nothing has that name.
            </Autocomplete.Empty>
            <Autocomplete.List className="max-h-80 overflow-y-auto p-1">
              {(each: Found) => (
                <Autocomplete.Item
                  key={each.to}
                  value={each}
                  onClick={() => go(each)}
                  className="flex min-h-9 cursor-default items-center justify-between rounded px-3 data-[highlighted]:bg-sunken"
                >
                  {each.label}
                  <span className="text-xs text-muted">{each.group}</span>
                </Autocomplete.Item>
              )}
            </Autocomplete.List>
          </Autocomplete.Root>
          <p className="flex flex-wrap gap-x-4 gap-y-1 border-t border-line px-4 py-2 text-xs text-muted">
            {shortcuts.slice(1, 4).map(({ keys, does }) => (
              <span key={keys}>
                <kbd className="font-sans font-semibold">{keys}</kbd> {does}
              </span>
            ))}
          </p>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
