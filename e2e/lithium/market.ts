import type { Client } from '../program/client.ts';
import { type Person, registerPerson } from '../program/people.ts';
import type { Say } from '../program/program.ts';

export interface SupplierPlan {
  fullName: string;
  company: string;
  country: string;
  incoterms: string[];
}

export type Supplier = Person & { supplierId: string; productId: string; plan: SupplierPlan };

const quiet: Say = () => {};
const year = new Date().getUTCFullYear();

/** Suppliers of battery-grade carbonate, from the application to the verified profile with a product. */
export async function openMarket(
  baseUrl: string,
  operator: Client,
  plans: readonly SupplierPlan[],
  say: Say = quiet,
): Promise<Supplier[]> {
  const suppliers = await Promise.all(
    plans.map(async (plan) => {
      const person = await registerPerson(baseUrl, 'supplier', plan.fullName);
      return { ...person, ...(await joinAsSupplier(person.client, operator, plan)), plan };
    }),
  );
  say(`${suppliers.length} suppliers applied; the operator checked their papers and verified them.`);
  return suppliers;
}

/** A supplier's application with its papers, verified by the operator, and one product. */
export async function joinAsSupplier(
  client: Client,
  operator: Client,
  plan: SupplierPlan,
): Promise<{ supplierId: string; productId: string }> {
  const supplierId = await applyAsSupplier(client, plan);
  await operator.put(`/api/admin/suppliers/${supplierId}/verify`, { verified: true, notes: 'Papers are in order.' });
  const { productId } = await client.post<{ productId: string }>('/api/products', {
    productType: 'lithium_carbonate',
    grade: 'battery',
    title: `${plan.company} battery-grade lithium carbonate`,
    description: 'Micronised, 500 kg bags',
    assay: [
      { analyte: 'Li2CO3', unit: '%', value: 99.6 },
      { analyte: 'Na', unit: 'ppm', value: 180 },
    ],
    packaging: '500 kg big bags',
    originCountry: plan.country,
    minLotKg: 20_000,
    capacityKgPerMonth: 400_000,
    currency: 'USD',
    indicativePrice: 13_500,
  });
  return { supplierId, productId };
}

/** A supplier's application with its papers, handed in; answers the supplier. */
export async function applyAsSupplier(client: Client, plan: SupplierPlan): Promise<string> {
  const { supplierId } = await client.post<{ supplierId: string }>('/api/suppliers', {
    legalName: plan.company,
    country: plan.country,
    about: 'Battery-grade lithium chemicals.',
    regions: ['US', 'DE', 'BE'],
    incoterms: plan.incoterms,
    capabilities: ['refining', 'assay'],
  });
  await client.post('/api/suppliers/my/certificates', {
    kind: 'ISO9001',
    number: `Q-${plan.country}-1`,
    issuedBy: 'A certifier',
    validFrom: `${year - 1}-01-01`,
    expiresOn: `${year + 3}-01-01`,
  });
  await client.upload(
    '/api/suppliers/my/documents?kind=registration',
    'registration.txt',
    `Register of ${plan.company}`,
  );
  await client.post('/api/suppliers/my/submit');
  return supplierId;
}
