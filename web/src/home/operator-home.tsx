import { Page, Section } from '../design/page.tsx';
import { DealsUnderWay } from '../operations/queues/deals-under-way.tsx';
import { Queues } from '../operations/queues/queues.tsx';
import { Stuck } from '../operations/queues/stuck.tsx';
import { useMe } from '../session/session.ts';

/** What waits on an operator, what is stuck, and where every deal stands. */
export function OperatorHome() {
  const { fullName } = useMe();
  return (
    <Page title={`Welcome, ${fullName}`} wide>
      <Section title="Waits for you" plain>
        <Queues />
      </Section>
      <Section title="Stuck" plain>
        <Stuck />
      </Section>
      <Section title="Deals under way" plain>
        <DealsUnderWay />
      </Section>
    </Page>
  );
}
