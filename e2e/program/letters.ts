import type { Platform } from '@clearlot/stack';
import { until } from './people.ts';
import type { Program } from './program.ts';

/** The subjects of the e-mails each person of a program received, by their first words. */
async function lettersOf(platform: Platform, email: string): Promise<string[]> {
  const messages = (await platform.mailbox?.messages(email)) ?? [];
  return messages.map((message) => message.subject ?? '').sort();
}

const kinds: [string, RegExp][] = [
  ['welcome', /^Welcome/],
  ['joined', /(participation|commitment) .*confirmed/],
  ['allocated', /^Your allocation/],
  ['documents', /documents .*ready/],
  ['wire', /^Payment instructions/],
  ['complete', /complete$/],
];

/**
 * Waits until everybody with a part in a closed deal has every e-mail of the program, and throws if anybody has one
 * twice, lacks one, or has one that is not theirs.
 */
export async function checkLetters(
  platform: Platform,
  program: Program,
  allocated: (email: string) => boolean,
): Promise<void> {
  for (const person of [...program.sellers, ...program.buyers]) {
    const isBuyer = 'commitmentId' in person;
    const due = ['welcome', 'joined', ...(allocated(person.email) ? ['allocated', 'documents', 'complete'] : [])];
    if (isBuyer && allocated(person.email)) due.push('wire');
    const kindsOf = async () => (await lettersOf(platform, person.email)).map((subject) => kindOf(subject)).sort();
    const expected = due.sort().join(' ');
    await until(`the e-mails of ${person.fullName}`, async () => (await kindsOf()).length >= due.length);
    const found = (await kindsOf()).join(' ');
    if (found !== expected) throw new Error(`${person.fullName} has ${found}, not ${expected}`);
  }
}

function kindOf(subject: string): string {
  return kinds.find(([, pattern]) => pattern.test(subject))?.[0] ?? subject;
}
