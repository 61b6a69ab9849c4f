import { registry } from '@clearlot/service';
import { Counter, Gauge } from 'prom-client';
import { sourceStates } from './schedule.ts';

export const quarantinedTotal = new Counter({
  name: 'market_quarantined_total',
  help: 'Figures kept back for review, by source and each reason',
  labelNames: ['source', 'reason'],
  registers: [registry],
});

export const fetchesTotal = new Counter({
  name: 'market_source_fetches_total',
  help: 'Fetches by source and outcome: recorded, unchanged, or the code of the failure',
  labelNames: ['source', 'outcome'],
  registers: [registry],
});

const sourceState = new Gauge({
  name: 'market_source_state',
  help: 'One for the state a source is in, as this replica saw it last',
  labelNames: ['source', 'state'],
  registers: [registry],
});

/** Shows which state a source is in. */
export function showState(source: string, state: (typeof sourceStates)[number]): void {
  for (const each of sourceStates) sourceState.set({ source, state: each }, each === state ? 1 : 0);
}
