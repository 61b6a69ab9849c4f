import { Button } from '../design/button.tsx';
import { Instant, Money } from '../design/figures.tsx';
import { Facts, Section } from '../design/page.tsx';
import { useMe } from '../session/session.ts';
import { type Payment, purposeLabel } from './payment-words.ts';

/** What proves a completed payment to somebody else, to print or keep as a PDF. */
export function Receipt({ payment }: { payment: Payment }) {
  const { fullName, company } = useMe();
  const isIncoming = payment.type === 'incoming';
  return (
    <Section
      title="Receipt"
      actions={
        <Button size="sm" onClick={() => window.print()}>
          Print or save as PDF
        </Button>
      }
    >
      <Facts
        facts={[
          [isIncoming ? 'Received from' : 'Sent to', company ? `${fullName}, ${company}` : fullName],
          ['For', purposeLabel(payment.purpose)],
          ['Amount', <Money key="amount" amount={payment.confirmedAmount} currency={payment.currency} />],
          ['Complete', <Instant key="at" at={payment.confirmedAt} />],
          ['Reference', payment.reference],
          ['Bank references', payment.wires.map(({ wireReference }) => wireReference).join(', ') || '–'],
          ['Payment', payment.paymentId],
        ]}
      />
    </Section>
  );
}
