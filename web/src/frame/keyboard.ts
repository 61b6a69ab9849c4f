import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { tinykeys } from 'tinykeys';

/** What keys do everywhere, for the palette and the guides to tell. */
export const shortcuts = [
  { keys: '⌘K or Ctrl K', does: 'Find anything' },
  { keys: 'j, k', does: 'Next and previous row' },
  { keys: 'Enter', does: 'Open the row' },
  { keys: '/', does: 'Find in this list' },
  { keys: 'g d', does: 'Dashboard' },
  { keys: 'g m', does: 'Market' },
  { keys: 'g a', does: 'Auctions' },
  { keys: '?', does: 'These keys' },
] as const;

/** Keys that work on every page, but never while something is typed. */
export function useKeyboard(openPalette: () => void): void {
  const navigate = useNavigate();
  useEffect(() => {
    const unlessTyping = (act: () => void) => (event: KeyboardEvent) => {
      const { target } = event;
      const isTyping = target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]');
      if (isTyping || document.querySelector('[role="dialog"]')) return;
      event.preventDefault();
      act();
    };
    return tinykeys(window, {
      '$mod+k': (event) => {
        event.preventDefault();
        openPalette();
      },
      j: unlessTyping(() => step(1)),
      k: unlessTyping(() => step(-1)),
      '/': unlessTyping(() => document.querySelector<HTMLElement>('[data-find]')?.focus()),
      'Shift+?': unlessTyping(openPalette),
      'g d': unlessTyping(() => void navigate({ to: '/dashboard' })),
      'g m': unlessTyping(() => void navigate({ to: '/market' as string })),
      'g a': unlessTyping(() => void navigate({ to: '/auctions' as string })),
    });
  }, [navigate, openPalette]);
}

/** Focuses the link of the next row, or the one before. */
function step(by: number): void {
  const links = [...document.querySelectorAll<HTMLElement>('[data-row]')]
    .map((row) => row.querySelector<HTMLElement>('a, button'))
    .filter((link) => link !== null);
  const at = links.findIndex((link) => link.closest('[data-row]')?.contains(document.activeElement));
  links[at < 0 ? 0 : Math.min(Math.max(at + by, 0), links.length - 1)]?.focus();
}
