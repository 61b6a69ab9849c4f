import { useState } from 'react';
import { server } from '../api/client.ts';
import { Button, ButtonLink } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { Instant, Money } from '../design/figures.tsx';
import { Notice } from '../design/notice.tsx';
import { Facts, Section } from '../design/page.tsx';
import { Status, type Tone } from '../design/status.tsx';
import { useToast } from '../design/toasts.tsx';
import { sumOf } from '../money/amount.ts';
import { ReasonForm } from '../orders/reason-form.tsx';
import { SupplierLink } from '../suppliers/supplier-link.tsx';
import { noticeWords } from './award-words.ts';
import { useIsPast } from './countdown.ts';
import { useRefreshRfq } from './refresh-rfq.ts';
import type { AwardView, Looker, Rfq } from './rfq.ts';
import { SplitTable } from './scenario-view.tsx';

type Contract = AwardView['contracts'][number];

/** An award: to its buyer all of it, to a supplier how it fared and its own contract. */
export function Award({ rfq, award, looker }: { rfq: Rfq; award: AwardView; looker: Looker }) {
  const { currency, items, contracts } = award;
  const decision = award.award;
  const isOver = useIsPast(decision?.standstillUntil ?? rfq.deadlineAt);
  const canTakeBack = decision?.status === 'standstill' && !isOver;
  const names = useNames(rfq, looker);
  return (
    <Section title="The award" actions={canTakeBack && <TakeBack rfqId={rfq.rfqId} />}>
      <div className="grid gap-5">
        {looker === 'supplier' && <Outcome rfq={rfq} award={award} />}
        {items.length > 0 && (
          <SplitTable
            items={items}
            currency={currency}
            titleOf={(lineId) => rfq.terms.lines.find((line) => line.lineId === lineId)?.title ?? lineId}
            nameOf={(supplierId) => names.get(supplierId) ?? (looker === 'supplier' ? 'You' : 'Supplier')}
            total={
              decision?.amount ??
              sumOf(
                items.map(({ amount }) => amount),
                currency,
              )
            }
          />
        )}
        {decision && (
          <Facts
            facts={[
              ['Decided', <Instant key="at" at={decision.decidedAt} />],
              ['Standstill until', <Instant key="until" at={decision.standstillUntil} />],
              ...(decision.justification ? ([['Reason', decision.justification]] as const) : []),
            ]}
          />
        )}
        {contracts.length > 0 && (
          <div className="grid gap-2">
            <h3 className="font-semibold">Contracts</h3>
            <ul className="divide-y divide-line rounded-md border border-line">
              {contracts.map((contract) => (
                <ContractRow key={contract.contractId} contract={contract} currency={currency} looker={looker} />
              ))}
            </ul>
          </div>
        )}
      </div>
    </Section>
  );
}

/** The names of suppliers, from the evaluation, which only the buyer sees. */
function useNames(rfq: Rfq, looker: Looker): ReadonlyMap<string, string> {
  const { data } = server.useQuery(
    'get',
    '/api/rfqs/{id}/evaluation',
    { params: { path: { id: rfq.rfqId } } },
    { enabled: looker === 'buyer' && rfq.openedAt !== null },
  );
  const offers = data ? [...data.lines.flatMap((line) => [...line.offers, ...line.alternates]), ...data.excluded] : [];
  return new Map(offers.flatMap(({ supplierId, supplierName }) => (supplierName ? [[supplierId, supplierName]] : [])));
}

function Outcome({ rfq, award: { notices, currency } }: { rfq: Rfq; award: AwardView }) {
  return notices.map(({ responseId, outcome, reasons, standstillUntil, revokedAt }) => (
    <Notice
      key={responseId}
      tone={revokedAt ? 'plain' : outcome === 'won' ? 'green' : 'plain'}
      title={
        revokedAt
          ? 'The buyer took the award back.'
          : outcome === 'won'
            ? 'You won. The contract follows after the standstill.'
            : 'You were not awarded.'
      }
    >
      <ul>
        {reasons.map((reason) => (
          <li key={reason.offerId}>{noticeWords(reason, rfq.terms.lines, currency)}</li>
        ))}
      </ul>
      Standstill until <Instant at={standstillUntil} />.
    </Notice>
  ));
}

const contractStates: Record<string, { tone: Tone; text: string }> = {
  requested: { tone: 'blue', text: 'Being drawn up' },
  issued: { tone: 'amber', text: 'To sign' },
  signed: { tone: 'green', text: 'Signed by both' },
  cancelled: { tone: 'red', text: 'Given up' },
};

function ContractRow({ contract, currency, looker }: { contract: Contract; currency: string; looker: Looker }) {
  const { contractId, supplierId, status, amount, incoterm, documentId, buyerSignedAt, sellerSignedAt, deadlineAt } =
    contract;
  const { tone, text } = contractStates[status] ?? { tone: 'plain' as const, text: status };
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-3 py-2.5">
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-2">
          {looker === 'supplier' ? 'With the buyer' : <SupplierLink supplierId={supplierId} />}
          <Status tone={tone}>{text}</Status>
        </p>
        <p className="text-xs text-muted">
          Over <Money amount={amount} currency={currency} />, {incoterm}
          {status === 'issued' && (
            <>
              {' '}
              · sign by <Instant at={deadlineAt} />
            </>
          )}
        </p>
        <p className="text-xs text-muted">
          Buyer {buyerSignedAt ? <Instant at={buyerSignedAt} /> : 'has not signed'} · supplier{' '}
          {sellerSignedAt ? <Instant at={sellerSignedAt} /> : 'has not signed'}
        </p>
      </div>
      <div className="flex flex-wrap gap-2">
        {documentId && (
          <ButtonLink to="/documents/$documentId" params={{ documentId }} size="sm">
            {status === 'issued' ? 'Read and sign' : 'Contract'}
          </ButtonLink>
        )}
        {status === 'signed' && <OrderLink contractId={contractId} />}
      </div>
    </li>
  );
}

/** The order that came of a signed contract, as soon as it is there. */
function OrderLink({ contractId }: { contractId: string }) {
  const { data } = server.useQuery('get', '/api/orders', { params: { query: { limit: 100 } } });
  const order = data?.items.find(({ sourceId }) => sourceId === contractId);
  return (
    order && (
      <ButtonLink to="/orders/$orderId" params={{ orderId: order.orderId }} size="sm">
        Order
      </ButtonLink>
    )
  );
}

function TakeBack({ rfqId }: { rfqId: string }) {
  const [isOpen, setOpen] = useState(false);
  const refresh = useRefreshRfq();
  const toast = useToast();
  const takeBack = server.useMutation('post', '/api/rfqs/{id}/award/cancel', {
    onSuccess: async () => {
      await refresh();
      toast('The award is taken back; you can award again.');
      setOpen(false);
    },
  });
  return (
    <>
      <Button variant="danger" size="sm" onClick={() => setOpen(true)}>
        Take the award back
      </Button>
      <Dialog open={isOpen} onClose={() => setOpen(false)} title="Take the award back">
        <ReasonForm
          action="Take it back"
          problem={takeBack.error}
          busy={takeBack.isPending}
          maxLength={2_000}
          onClose={() => setOpen(false)}
          onReason={(reason) => takeBack.mutate({ params: { path: { id: rfqId } }, body: { reason } })}
        >
          Every supplier that was told of the award is told that it is taken back, with your reason. You can then award
          again.
        </ReasonForm>
      </Dialog>
    </>
  );
}
