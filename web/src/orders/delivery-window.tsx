import { Instant } from '../design/figures.tsx';

/** From when until when goods are due. A day that was said without a time stays that day everywhere. */
export function DeliveryWindow({ from, to }: { from: string; to: string }) {
  return (
    <>
      <Instant at={asDay(from)} dateOnly /> to <Instant at={asDay(to)} dateOnly />
    </>
  );
}

function asDay(at: string): string {
  return at.endsWith('T00:00:00.000Z') ? at.slice(0, 10) : at;
}
