import { Button } from '../design/button.tsx';
import { Money } from '../design/figures.tsx';
import { useToast } from '../design/toasts.tsx';
import type { Payment } from './payment-words.ts';

/** Where to send a wire and with which reference: each line can be copied as the bank's form wants it. */
export function WireInstructions({ payment }: { payment: Payment }) {
  const { wireInstructions, remainingAmount, currency } = payment;
  if (!wireInstructions) return null;
  const lines: readonly (readonly [string, string])[] = [
    ['Amount', String(remainingAmount)],
    ['Reference', wireInstructions.reference],
    ['Beneficiary', wireInstructions.accountName],
    ['Bank', wireInstructions.bankName],
    ['Account number', wireInstructions.accountNumber],
    ['Routing number', wireInstructions.routingNumber],
    ['SWIFT / BIC', wireInstructions.swift],
  ];
  return (
    <div className="grid gap-3">
      <dl className="divide-y divide-line rounded-md border border-line bg-surface">
        {lines.map(([name, value]) => (
          <div
            key={name}
            className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 px-3 py-1.5 sm:grid-cols-[10rem_minmax(0,1fr)_auto]"
          >
            <dt className="col-span-2 text-xs text-muted sm:col-span-1 sm:text-sm">{name}</dt>
            <dd className="figures break-words font-medium">
              {name === 'Amount' ? <Money amount={remainingAmount} currency={currency} /> : value}
            </dd>
            <dd>
              <Copy name={name} value={value} />
            </dd>
          </div>
        ))}
      </dl>
      <p className="text-sm text-muted">
        Send exactly this amount with this reference. Less leaves the rest due; more is sent back to you. Wires without
        the reference take longer to find.
      </p>
    </div>
  );
}

function Copy({ name, value }: { name: string; value: string }) {
  const toast = useToast();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value);
      toast(`${name} copied.`);
    } catch {
      toast('Your browser does not allow copying here. Select the text instead.');
    }
  };
  return (
    <Button variant="quiet" size="sm" aria-label={`Copy ${name.toLowerCase()}`} onClick={() => void copy()}>
      Copy
    </Button>
  );
}
