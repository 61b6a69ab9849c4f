import { newId } from '@clearlot/kernel';
import { events } from '@clearlot/proto/events';
import type { World } from '../world.fixture.ts';

type Person = ReturnType<World['supplier']>;

export const profile = {
  legalName: 'Salar de Prueba SpA',
  country: 'CL',
  about: 'Brine to battery grade carbonate',
  website: 'https://salar.example',
  regions: ['US', 'DE', 'DE'],
  incoterms: ['FOB', 'CIF'],
  capabilities: ['micronising'],
};

export const iso = {
  kind: 'ISO9001',
  number: 'Q-1',
  issuedBy: 'TÜV',
  validFrom: '2026-01-01',
  expiresOn: '2027-01-01',
};

/** A file as a browser sends it. */
export function upload(person: Person, url: string, text: string) {
  const part = `--cut\r\ncontent-disposition: form-data; name="file"; filename="proof.pdf"\r\ncontent-type: application/pdf\r\n\r\n`;
  return person.post(url, `${part}${text}\r\n--cut--\r\n`, { 'content-type': 'multipart/form-data; boundary=cut' });
}

/** A person whose application is handed in. */
export async function submittedSupplier(world: World, fields: Partial<typeof profile> = {}) {
  const owner = world.supplier();
  const { body } = await owner.post('/api/suppliers', { ...profile, ...fields });
  await owner.post('/api/suppliers/my/certificates', iso);
  await owner.post('/api/suppliers/my/submit');
  return { ...owner, supplierId: String(body.supplierId) };
}

/** A delivered order of a supplier, straight into the database; `fields` replace what is made up. */
export async function orderOf(
  world: World,
  supplier: { id: string; supplierId: string },
  fields: Record<string, unknown> = {},
) {
  const now = world.clock.now();
  const id = newId();
  await world.admin`insert into purchase_order ${world.admin({
    ...{ id, source: 'quote', source_id: newId(), title: 'Carbonate', buyer_id: newId() },
    ...{ supplier_id: supplier.supplierId, supplier_owner_id: supplier.id, currency: 'USD', amount_minor: 100 },
    ...{ escrow_minor: 100, status: 'released', incoterm: 'FOB', place: 'Antofagasta', quantity_tolerance_ppm: 0 },
    ...{ inspection_days: 14, created_at: now, updated_at: now, ...fields },
  })}`;
  return id;
}

/** What people were told, oldest first. */
export async function told(world: World) {
  const all = await world.emitted(events.notification.marketplace);
  return all.map(({ userId, template, data }) => ({ userId, template, data }));
}
