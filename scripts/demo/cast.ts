// Who appears in the demo world, and how each of them enters it.
import { createClient, Refused, type SignedIn, signedIn } from '../../e2e/program/client.ts';
import type { Person } from '../../e2e/program/people.ts';

/** Published in the README: only ever used by the embedded stack. */
export const demoPassword = 'clearlot demo 2026';

/** A person who can sign in to the demo world. */
export interface DemoPerson {
  email: string;
  fullName: string;
  role: 'seller' | 'buyer' | 'supplier';
}

/** Those whose accounts are published. */
export const leads = {
  seller: person('seller', 'Sam Seller', 'seller'),
  buyer: person('buyer', 'Bea Buyer', 'buyer'),
  suppliers: [
    person('supplier', 'Camila Rojas', 'supplier'),
    person('supplier2', 'Wei Zhang', 'supplier'),
    person('supplier3', 'Anna Schmidt', 'supplier'),
  ],
} as const;

/** The others of the scenes, who have the same password. */
export const extras = {
  sellers: {
    marta: person('marta.lindqvist', 'Marta Lindqvist', 'seller'),
    daniel: person('daniel.osei', 'Daniel Osei', 'seller'),
    yuki: person('yuki.tanabe', 'Yuki Tanabe', 'seller'),
  },
  buyers: {
    thomas: person('thomas.keller', 'Thomas Keller', 'buyer'),
    amara: person('amara.nwosu', 'Amara Nwosu', 'buyer'),
    ines: person('ines.calvo', 'Ines Calvo', 'buyer'),
  },
  applicant: person('lucia.ferreyra', 'Lucia Ferreyra', 'supplier'),
} as const;

/** Bidders that a program plays; their names say so wherever a name is shown. */
export const simulatedBidders = ['A', 'B', 'C', 'D', 'E'].map((letter) =>
  person(`simulated.bidder.${letter.toLowerCase()}`, `SIMULATED Bidder ${letter}`, 'buyer'),
);

/** Makes sure that somebody is registered and answers them signed in. */
export async function enter(baseUrl: string, { email, fullName, role }: DemoPerson): Promise<Person> {
  try {
    const nobody = createClient(baseUrl, async () => undefined);
    const account = { email, fullName, role, password: demoPassword, acceptTerms: true };
    await nobody.post('/api/auth/register', account);
  } catch (error) {
    if (!(error instanceof Refused && error.code === 'IDENTITY_EMAIL_TAKEN')) throw error;
  }
  return { fullName, email, client: as(baseUrl, email) };
}

/** Somebody of the demo world who is registered already. */
export function as(baseUrl: string, email: string): SignedIn {
  return signedIn(baseUrl, email, demoPassword);
}

function person(name: string, fullName: string, role: DemoPerson['role']): DemoPerson {
  return { email: `${name}@clearlot.example`, fullName, role };
}
