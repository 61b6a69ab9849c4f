import { newId } from '@clearlot/kernel';
import { preparedInsert, type Tx } from '@clearlot/service';
import { timeline } from '../schema.ts';

const insertRow = preparedInsert(timeline);

interface Step {
  dealId: string;
  subjectType: 'deal' | 'participation' | 'commitment';
  subjectId: string;
  /** Whose step it is; null for the deal's own, which everybody sees. */
  userId: string | null;
  status: string;
  note?: string | null;
}

/** Adds one step to what people see of a deal's course. */
export function recordStep(tx: Tx, step: Step): void {
  tx.write(insertRow(tx, { id: newId(), at: tx.now, ...step, note: step.note ?? null }));
}
