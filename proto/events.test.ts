import { describe, expect, it } from 'vitest';
import { type EventType, events } from './events.ts';
import golden from './golden-events.json' with { type: 'json' };

const { notification, ...own } = events;
const catalogue = [...Object.values(own), ...Object.values(notification)] as EventType<unknown>[];
const released = golden as Record<string, { bytes: string; message: unknown }>;

/** Whole numbers as text and instants as ISO text, the way the golden file holds them. */
const plain = (message: unknown) =>
  JSON.parse(JSON.stringify(message, (_key, value) => (typeof value === 'bigint' ? value.toString() : value)));

describe('released events', () => {
  it.each(catalogue.map((type) => [type.subject, type] as const))(
    '%s is read from its golden bytes for ever',
    (subject, type) => {
      const kept = released[subject];
      if (!kept) throw new Error(`${subject} has no golden bytes in proto/golden-events.json`);
      expect(plain(type.codec.decode(Buffer.from(kept.bytes, 'base64')))).toEqual(kept.message);
    },
  );

  it('keep their golden bytes when they are no longer published', () => {
    const subjects = new Set(catalogue.map((type) => type.subject));
    expect(Object.keys(released).filter((subject) => !subjects.has(subject))).toEqual([]);
  });

  it('are named <area>.<aggregate>.<fact>.v<n>, each once', () => {
    const subjects = catalogue.map((type) => type.subject);
    expect(new Set(subjects).size).toBe(subjects.length);
    for (const subject of subjects) expect(subject).toMatch(/^[a-z_]+\.[a-z_]+\.[a-z_]+\.v\d+$/);
  });
});
