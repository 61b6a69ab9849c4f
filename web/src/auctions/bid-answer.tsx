import { Button } from '../design/button.tsx';
import { Instant } from '../design/figures.tsx';
import { Notice } from '../design/notice.tsx';
import type { Tone } from '../design/status.tsx';
import { useToast } from '../design/toasts.tsx';
import type { Auction, PlacedBid } from './auction.ts';
import type { BidAnswer } from './bidding.ts';
import { readReceipt, shortHash } from './receipt.ts';
import { refusalOf } from './refusal.ts';

/** What the platform answered to the last bid, with the receipt of it. */
export function BidAnswerView({ answer, auction }: { answer: BidAnswer; auction: Auction }) {
  const { placed, refused, receipt } = answer;
  const actions = receipt && (
    <div className="mt-2">
      <ReceiptActions receipt={receipt} />
    </div>
  );
  if (placed) {
    const { title, tone } = takenWords(auction, placed);
    return (
      <Notice tone={tone} title={title}>
        <p>
          Entry {placed.sequence} of the log, <Instant at={placed.at} />, hash{' '}
          <code title={placed.hash}>{shortHash(placed.hash)}</code>.
        </p>
        {actions}
      </Notice>
    );
  }
  const { title, code } = refusalOf(refused, auction.currency);
  const unknown = code === 'BID_UNANSWERED';
  return (
    <Notice tone={unknown ? 'amber' : 'red'} title={title}>
      {!unknown && <p>This bid does not count; whatever you bid before stands.</p>}
      {actions}
    </Notice>
  );
}

function takenWords({ format }: Auction, { leading, status }: PlacedBid): { title: string; tone: Tone } {
  if (leading) {
    return { title: `Your bid is taken. ${status === 'closed' ? 'You won.' : 'You lead.'}`, tone: 'green' };
  }
  return format === 'english' || format === 'reverse'
    ? { title: 'It is taken, but you do not lead: another bidder’s limit is better.', tone: 'amber' }
    : { title: 'It is taken.', tone: 'green' };
}

/** A receipt to keep: signed by the platform, it proves the bid whatever the log says later. */
export function ReceiptActions({ receipt }: { receipt: string }) {
  const toast = useToast();
  const { auctionId, sequence } = readReceipt(receipt);
  const copy = async () => {
    await navigator.clipboard.writeText(receipt);
    toast(`The receipt of entry ${sequence} is copied.`);
  };
  return (
    <div className="flex flex-wrap gap-2">
      <Button size="sm" onClick={() => void copy()}>
        Copy receipt
      </Button>
      <Button size="sm" onClick={() => saveText(`receipt-${auctionId}-${sequence}.jws`, receipt)}>
        Download
      </Button>
    </div>
  );
}

/** Hands a text to the browser as a file. */
export function saveText(fileName: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text]));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(url);
}
