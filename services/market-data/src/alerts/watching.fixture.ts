import { newId } from '@clearlot/kernel';
import { recordObservations } from '../observations/record-observations.ts';
import { figure, type World } from '../world.fixture.ts';
import { evaluateAlerts } from './evaluate-alerts.ts';

/** People who watch prices in a world, and sources that publish them. */
export function watching(world: World) {
  let made = 0;

  /** An instrument of its own, so that tests do not wake each other's alerts: `Carbonate <n>`. */
  const instrument = async (fields: Record<string, unknown> = {}) => {
    const id = newId();
    made += 1;
    const row = {
      ...{ instrument_id: id, code: `TEST-${made}`, name: `Carbonate ${made}`, product: 'lithium_carbonate' },
      ...{ grade: 'battery', form: 'any', region: 'CJK', incoterm: 'CIF', currency: 'USD', unit: 'kg' },
      ...{ tax_basis: 'excluding_vat', created_at: world.clock.now(), ...fields },
    };
    await world.admin`insert into instrument ${world.admin(row)}`;
    return id;
  };

  /** Publishes a price a minute after the last one, as the sources do: recorded and evaluated in one transaction. */
  const publish = async (instrumentId: string, mid: number, source: { sourceId: string }) => {
    world.clock.advance(60_000);
    const input = figure(instrumentId, world.clock.now().toISOString(), mid);
    return world.system.transaction('Publish', async (tx) => {
      const { changed } = await recordObservations(tx, source, [input]);
      await evaluateAlerts(tx, changed);
      return changed;
    });
  };

  /** An alert of somebody. */
  const watched = async (rule: Record<string, unknown>, owner = world.person('buyer')) => {
    const answer = await owner.post('/api/alerts', { name: 'Mine', cooldownMinutes: 0, ...rule });
    if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
    const firings = async () => (await owner.get(`/api/alerts/firings?alertId=${answer.body.alertId}`)).body.items;
    return { owner, alertId: answer.body.alertId as string, body: answer.body, firings };
  };

  return { instrument, publish, watched };
}
