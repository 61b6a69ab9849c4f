import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { server } from '../../api/client.ts';
import { Button } from '../../design/button.tsx';
import { Confirm } from '../../design/dialog.tsx';
import { Form, SelectField, TextField } from '../../design/fields.tsx';
import { Instant } from '../../design/figures.tsx';
import { Notice } from '../../design/notice.tsx';
import { Page, Section } from '../../design/page.tsx';
import { useToast } from '../../design/toasts.tsx';
import { formatMoney } from '../../money/format.ts';
import { MoneyField } from '../../money/money-field.tsx';
import { amountOf } from '../../money/price-per-tonne.ts';
import { useMe } from '../../session/session.ts';
import { type Format, formatChoices, formats, isBuying } from '../auction.ts';
import { CriteriaFields } from './criteria-fields.tsx';
import { LotFields } from './lot-fields.tsx';
import { RowList } from './row-list.tsx';
import { RuleFields } from './rule-fields.tsx';
import { type Sale, saleOf } from './sale-body.ts';

const currencies = ['USD', 'EUR', 'CNY', 'JPY', 'AUD'].map((value) => ({ value, label: value }));

/** Announces a sale: a supplier sells lots, a buyer asks for offers. */
export function AnnounceSale() {
  const { role } = useMe();
  const buys = role === 'buyer';
  const navigate = useNavigate();
  const toast = useToast();
  const choices = formatChoices.filter(({ value }) => isBuying(value as Format) === buys);
  const [format, setFormat] = useState<Format>(buys ? 'reverse' : 'english');
  const [currency, setCurrency] = useState('USD');
  const [sale, setSale] = useState<Sale>();
  const announce = server.useMutation('post', '/api/auctions', {
    onSuccess: async ({ auctions }) => {
      toast(auctions.length === 1 ? 'The auction is announced.' : `${auctions.length} lots are announced.`);
      const auctionId = auctions[0]?.auctionId;
      if (auctionId) await navigate({ to: '/auctions/$auctionId', params: { auctionId } });
    },
  });
  if (role !== 'buyer' && role !== 'supplier') {
    return (
      <Page title="Announce a sale">
        <Notice title="Suppliers announce sales, and buyers ask for offers">Your account does neither.</Notice>
      </Page>
    );
  }
  return (
    <Page
      title={buys ? 'Ask for offers' : 'Announce a sale'}
      above={
        <Link to="/auctions" className="underline">
          Auctions
        </Link>
      }
      summary={
        buys
          ? 'Suppliers offer against each other, and the best offer wins. You buy at its price.'
          : 'Buyers bid against each other, and the best bid wins. You need to be a verified supplier.'
      }
    >
      <Form problem={announce.error} onSubmit={(data) => setSale(saleOf(data, format))} className="gap-6">
        <Section title="Format">
          <div className="grid gap-4 sm:grid-cols-2">
            <SelectField
              name="format"
              label="Format"
              choices={choices}
              hint={formats[format].rule}
              value={format}
              onChange={(event) => setFormat(event.currentTarget.value as Format)}
            />
            <SelectField
              name="currency"
              label="Currency"
              choices={currencies}
              value={currency}
              onChange={(event) => setCurrency(event.currentTarget.value)}
            />
            <RuleFields key={format} format={format} currency={currency} />
          </div>
        </Section>
        <Section title="Times and deposit">
          <div className="grid gap-4 sm:grid-cols-2">
            <TextField name="opensAt" label="Opens, your time" type="datetime-local" hint="Empty: at once." />
            {format !== 'meat_rounds' && (
              <TextField name="closesAt" label="Closes, your time" type="datetime-local" required />
            )}
            <TextField
              name="staggerSeconds"
              label="Minutes between the closes of two lots"
              {...{ type: 'number', inputMode: 'numeric', min: 0, step: 1 }}
              hint="With several lots; empty: all close together."
            />
            <MoneyField
              name="deposit"
              label="Deposit of each bidder"
              currency={currency}
              hint="Held until it is over. Who wins and does not confirm loses it to you. Empty: none."
            />
            <TextField
              name="confirmHours"
              label="Hours to confirm after the close"
              {...{ type: 'number', inputMode: 'numeric', min: 1, max: 720, step: 1, required: true, defaultValue: 48 }}
            />
          </div>
        </Section>
        {format === 'meat_rounds' && (
          <Section title="Questions that count beside the price" plain>
            <p className="max-w-prose text-muted">
              An answer makes an offer count as so much lower when offers are compared. What you pay is the offered
              price.
            </p>
            <CriteriaFields />
          </Section>
        )}
        <Section title="Lots" plain>
          <RowList add="Add a lot" first={1} least={1}>
            {(index, remove, position) => (
              <LotFields {...{ format, currency, remove }} at={`lots.${index}`} number={position + 1} />
            )}
          </RowList>
        </Section>
        <div>
          <Button type="submit" variant="primary">
            Review the sale
          </Button>
        </div>
      </Form>
      <Confirm
        open={sale !== undefined}
        onClose={() => setSale(undefined)}
        onConfirm={() => sale && announce.mutate({ body: sale })}
        title="Announce the sale"
        action="Announce it"
        busy={announce.isPending}
        problem={announce.error}
      >
        {sale && <Summary sale={sale} />}
      </Confirm>
    </Page>
  );
}

function Summary({ sale }: { sale: Sale }) {
  const { currency, lots, opensAt, closesAt, deposit, rules } = sale;
  return (
    <>
      <p>
        Everybody sees it at once. It opens {opensAt ? <Instant at={String(opensAt)} /> : 'now'}
        {closesAt && (
          <>
            {' '}
            and closes <Instant at={String(closesAt)} />
          </>
        )}
        . {formats[rules.format].name}, deposit {formatMoney(deposit ?? 0, currency)}.
      </p>
      <ul className="grid list-disc gap-1 pl-5">
        {lots.map(({ title, quantityKg, startingPrice, reservePrice }, index) => {
          const total = amountOf(quantityKg, startingPrice, currency);
          return (
            <li key={index}>
              {title}: from {formatMoney(startingPrice, currency)} per tonne
              {total !== undefined && `, ${formatMoney(total, currency)} for the lot`}
              {reservePrice !== undefined && `; hidden reserve ${formatMoney(reservePrice, currency)}`}
            </li>
          );
        })}
      </ul>
      <p className="text-muted">
        You can call it off until somebody bids. From then on it takes its course, and you{' '}
        {isBuying(rules.format) ? 'buy from the best offer' : 'sell to the best bid'}.
      </p>
    </>
  );
}
