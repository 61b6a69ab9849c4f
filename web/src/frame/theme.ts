export type Theme = 'system' | 'light' | 'dark';

const stored = 'clearlot-theme';
const systemIsDark = window.matchMedia('(prefers-color-scheme: dark)');

/** What the person chose; as their system has it unless they did. */
export function chosenTheme(): Theme {
  const value = localStorage.getItem(stored);
  return value === 'light' || value === 'dark' ? value : 'system';
}

/** Remembers the choice on this device and shows it at once. */
export function chooseTheme(theme: Theme): void {
  localStorage.setItem(stored, theme);
  show();
}

/** Shows the chosen theme, and follows the system from now on where that was chosen. */
export function applyTheme(): void {
  show();
  systemIsDark.addEventListener('change', show);
}

function show(): void {
  const theme = chosenTheme();
  document.documentElement.dataset.theme = theme === 'system' ? (systemIsDark.matches ? 'dark' : 'light') : theme;
}
