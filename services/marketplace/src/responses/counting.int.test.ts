import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { contentFor, hourMs, publishedRfq } from '../rfqs/rfq.fixture.ts';
import { createWorld, type World } from '../world.fixture.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

type Step =
  | { do: 'submit' | 'withdraw' | 'acknowledge'; supplier: number; staleBy: number }
  | { do: 'amend'; extendHours: number }
  | { do: 'pass'; hours: number }
  | { do: 'tick' };

const supplierStep = fc.record({
  do: fc.constantFrom('submit' as const, 'submit' as const, 'withdraw' as const, 'acknowledge' as const),
  supplier: fc.nat(1),
  staleBy: fc.constantFrom(0, 0, 0, 1),
});
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: supplierStep },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('amend' as const), extendHours: fc.nat(30) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('pass' as const), hours: fc.integer({ min: 1, max: 150 }) }) },
  { weight: 1, arbitrary: fc.constant({ do: 'tick' as const }) },
);

it('only a response in time, for the terms as they are and not withdrawn is opened and current', async () => {
  const suppliers = [await world.verifiedSupplier(), await world.verifiedSupplier()];
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
      const { buyer, rfqId, terms } = await publishedRfq(world);
      const path = `/api/rfqs/${rfqId}/responses`;
      // What should be: the terms, and what each supplier's response stands for.
      let version = 1;
      let deadline = new Date(terms.deadlineAt).getTime();
      const standing: ({ responseId: string; standsFor: number } | undefined)[] = [undefined, undefined];
      const inTime = () => world.clock.now().getTime() < deadline;

      for (const each of steps) {
        if (each.do === 'tick') await world.tick();
        else if (each.do === 'pass') world.clock.advance(each.hours * hourMs);
        else if (each.do === 'amend') {
          const later = deadline + each.extendHours * hourMs;
          const changed = { ...terms, deadlineAt: new Date(later).toISOString(), notes: `version ${version + 1}` };
          const { status } = await buyer.post(`/api/rfqs/${rfqId}/amend`, { terms: changed, reason: 'because' });
          expect(status).toBe(inTime() ? 200 : 409);
          if (status === 200) [version, deadline] = [version + 1, later];
        } else {
          const supplier = suppliers[each.supplier];
          const rfqVersion = Math.max(1, version - each.staleBy);
          const current = inTime() && rfqVersion === version;
          const before = standing[each.supplier];
          if (each.do === 'submit') {
            const answer = await supplier?.post(path, { rfqVersion, content: contentFor(terms) });
            expect(answer?.status).toBe(current ? 201 : 409);
            if (current) standing[each.supplier] = { responseId: answer?.body.responseId, standsFor: version };
          } else if (each.do === 'withdraw') {
            const answer = await supplier?.post(`${path}/withdraw`);
            expect(answer?.status).toBe(!inTime() ? 409 : before ? 200 : 404);
            if (inTime()) standing[each.supplier] = undefined;
          } else {
            const answer = await supplier?.post(`${path}/acknowledge`, { rfqVersion });
            expect(answer?.status).toBe(!current ? 409 : before ? 200 : 404);
            if (current && before) standing[each.supplier] = { ...before, standsFor: version };
          }
        }
      }

      world.clock.advance(Math.max(0, deadline - world.clock.now().getTime()));
      await world.tick();
      const expected = standing.filter((each) => each !== undefined);
      const rows = await world.admin<{ id: string }[]>`
        select id from response where rfq_id = ${rfqId} and status = 'opened'`;
      expect(rows.map((row) => row.id).sort()).toEqual(expected.map((each) => each.responseId).sort());
      expect(await world.admin`select 1 from response where rfq_id = ${rfqId} and status = 'sealed'`).toHaveLength(0);
      if (expected.length === 0) return;
      const opened: { responseId: string; current: boolean }[] = (await buyer.get(path)).body;
      const countingIds = opened.filter((each) => each.current).map((each) => each.responseId);
      const current = expected.filter((each) => each.standsFor === version).map((each) => each.responseId);
      expect(countingIds.sort()).toEqual(current.sort());
    }),
    { numRuns: 40 },
  );
}, 120_000);
