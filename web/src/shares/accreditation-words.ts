import type { Body } from '../api/shapes.ts';
import { type Tone, words } from '../design/status.tsx';

export type Basis = Body<'/api/accreditations'>['basis'];

/** What an accreditation may rest on, and what proves it. */
export const bases: readonly { value: Basis; label: string; means: string; proof: string }[] = [
  {
    value: 'income',
    label: 'Income',
    means:
      'Over USD 200,000 in each of the last two years (USD 300,000 with a spouse), and the same expected this year.',
    proof: 'Tax returns or wage statements of the last two years.',
  },
  {
    value: 'net_worth',
    label: 'Net worth',
    means: 'Over USD 1,000,000 alone or with a spouse, your home not counted.',
    proof: 'Account statements or a letter of your accountant, not older than three months.',
  },
  {
    value: 'professional',
    label: 'Professional license',
    means: 'You hold a Series 7, 65 or 82 license in good standing.',
    proof: 'The certificate or your registration.',
  },
  {
    value: 'entity',
    label: 'Entity',
    means: 'A company or trust with over USD 5,000,000 of assets, or all of whose owners are accredited.',
    proof: 'Formation documents and the last financial statements.',
  },
];

/** A basis in words. */
export const basisLabel = (basis: string): string => bases.find(({ value }) => value === basis)?.label ?? words(basis);

/** The state of an accreditation in words. */
export function accreditationState(status: string): { label: string; tone: Tone } {
  const states: Record<string, { label: string; tone: Tone }> = {
    submitted: { label: 'With Clearlot for review', tone: 'blue' },
    verified: { label: 'Verified', tone: 'green' },
    rejected: { label: 'Turned down', tone: 'red' },
    expired: { label: 'Expired', tone: 'amber' },
  };
  return states[status] ?? { label: words(status), tone: 'plain' };
}
