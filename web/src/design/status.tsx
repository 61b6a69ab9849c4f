/** Amber waits on you, blue on somebody else, green is done, red is a loss or a refusal. */
export type Tone = 'amber' | 'blue' | 'green' | 'red' | 'plain';

const tones: Record<Tone, string> = {
  amber: 'bg-amber-soft text-amber',
  blue: 'bg-blue-soft text-blue',
  green: 'bg-green-soft text-green',
  red: 'bg-red-soft text-red',
  plain: 'bg-sunken text-muted',
};

/** The state of something, in words; the colour only says whom it waits for. */
export function Status({ tone = 'plain', children }: { tone?: Tone; children: string }) {
  return (
    <span
      className={`inline-flex items-center gap-1.5 rounded px-2 py-0.5 text-xs font-semibold whitespace-nowrap ${tones[tone]}`}
    >
      <span aria-hidden className="size-1.5 rounded-full bg-current" />
      {children}
    </span>
  );
}

/** A code of the platform as words: `under_review` is "Under review". */
export function words(code: string): string {
  const text = code.replaceAll(/[_-]+/g, ' ').toLowerCase();
  return text.charAt(0).toUpperCase() + text.slice(1);
}
