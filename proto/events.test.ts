import { describe, expect, it } from 'vitest';
import { type EventType, events } from './events.ts';
import golden from './golden-events.json' with { type: 'json' };

const { notification, ...own } = events;
const catalogue = [...Object.values(own), ...Object.values(notification)] as EventType<unknown>[];
const released = golden as Record<string, { bytes: string; message: unknown }>;

/** Whole numbers as text and instants as ISO text, the way the golden file holds them. */
const plain = (message: unknown) =>
  JSON.parse(JSON.stringify(message, (_key, value) => (typeof value === 'bigint' ? value.toString() : value)));

/** A key of the golden file is a subject, with words after it for a message that fields were added to since. */
const subjectOf = (key: string) => key.split(' ', 1)[0] ?? '';

describe('released events', () => {
  it.each(Object.keys(released))('%s is read from its golden bytes for ever', (key) => {
    const type = catalogue.find(({ subject }) => subject === subjectOf(key));
    if (!type) throw new Error(`${key} has golden bytes and is in no catalogue any more`);
    expect(plain(type.codec.decode(Buffer.from(released[key]?.bytes ?? '', 'base64')))).toEqual(released[key]?.message);
  });

  it('have golden bytes, every one', () => {
    expect(catalogue.map(({ subject }) => subject).filter((subject) => !released[subject])).toEqual([]);
  });

  it('are named <area>.<aggregate>.<fact>.v<n>, each once', () => {
    const subjects = catalogue.map((type) => type.subject);
    expect(new Set(subjects).size).toBe(subjects.length);
    for (const subject of subjects) expect(subject).toMatch(/^[a-z_]+\.[a-z_]+\.[a-z_]+\.v\d+$/);
  });
});
