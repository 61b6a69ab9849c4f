import { type Tone, words } from '../design/status.tsx';

/** What a holding may be of, as its owner says it. */
export const kinds: readonly { value: string; label: string }[] = [
  { value: 'common', label: 'Common' },
  { value: 'preferred', label: 'Preferred' },
  { value: 'options_exercised', label: 'From exercised options' },
  { value: 'rsu_vested', label: 'From vested restricted stock units' },
];

/** A kind of shares in words, to stand before "shares". */
export function kindLabel(shareType: string): string {
  return (kinds.find(({ value }) => value === shareType)?.label ?? words(shareType)).toLowerCase();
}

const states = {
  pending: { label: 'With Clearlot for review', tone: 'blue' },
  verified: { label: 'Verified', tone: 'green' },
  rejected: { label: 'Turned down', tone: 'red' },
} as const satisfies Record<string, { label: string; tone: Tone }>;

/** The state of a holding in words. */
export const holdingState = (status: keyof typeof states): { label: string; tone: Tone } => states[status];
