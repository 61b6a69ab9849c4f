import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { server } from '../../api/client.ts';
import { Button } from '../../design/button.tsx';
import { Form, SelectField, TextField } from '../../design/fields.tsx';
import { Page, Section } from '../../design/page.tsx';
import { QueryView } from '../../design/query-view.tsx';
import { useToast } from '../../design/toasts.tsx';
import { enteredMoney, MoneyField } from '../../money/money-field.tsx';
import { instantOf } from '../local-time.ts';
import { NewCompany } from './new-company.tsx';

const currencies = ['USD', 'EUR', 'GBP', 'CHF', 'JPY'].map((value) => ({ value, label: value }));

/** Drafts a deal: its terms, which do not change once it is open. */
export function NewDeal() {
  return (
    <Page
      title="Draft a deal"
      above={
        <Link to="/admin/deals" className="hover:underline">
          Deals
        </Link>
      }
      summary="Nobody but operators sees a draft. Its terms cannot be changed later, so read them once more before you open it."
    >
      <Section title="Terms">
        <Terms />
      </Section>
    </Page>
  );
}

function Terms() {
  const [currency, setCurrency] = useState('USD');
  const [companyId, setCompanyId] = useState('');
  const navigate = useNavigate();
  const queries = useQueryClient();
  const toast = useToast();
  const companies = server.useQuery('get', '/api/companies');
  const draft = server.useMutation('post', '/api/admin/deals', {
    onSuccess: async ({ dealId }) => {
      void queries.invalidateQueries({ queryKey: ['get', '/api/admin/deals'] });
      toast('The deal is drafted. Open it when its terms are right.');
      await navigate({ to: '/admin/deals/$dealId', params: { dealId } });
    },
  });
  const submit = (data: FormData) => {
    const text = (name: string) => String(data.get(name) ?? '').trim();
    const money = (name: string) => enteredMoney(data, name, currency) ?? '';
    draft.mutate({
      body: {
        companyId: text('companyId'),
        name: text('name'),
        targetShares: Number(text('targetShares')),
        currency,
        priceMin: money('priceMin'),
        priceMax: money('priceMax'),
        minimumTicket: money('minimumTicket'),
        maximumTicket: money('maximumTicket'),
        opensAt: instantOf(text('opensAt')),
        closesAt: instantOf(text('closesAt')),
      },
    });
  };
  return (
    <QueryView query={companies}>
      {(list) => (
        <Form problem={draft.error} onSubmit={submit} className="sm:grid-cols-2">
          <div className="flex flex-wrap items-end gap-2 sm:col-span-2">
            <div className="min-w-48 flex-1">
              <SelectField
                name="companyId"
                label="Company"
                required
                value={companyId}
                onChange={(event) => setCompanyId(event.currentTarget.value)}
                choices={[
                  { value: '', label: 'Choose the company' },
                  ...list.map((each) => ({ value: each.companyId, label: each.name })),
                ]}
              />
            </div>
            <NewCompany onAdded={setCompanyId} />
          </div>
          <div className="sm:col-span-2">
            <TextField
              name="name"
              label="Name of the deal"
              hint="Everybody who takes part reads it, such as Helios employee liquidity program."
              required
              maxLength={200}
            />
          </div>
          <TextField
            name="targetShares"
            label="Shares wanted at most"
            type="number"
            min={1}
            max={1_000_000_000_000}
            step={1}
            required
          />
          <SelectField
            name="currency"
            label="Currency"
            choices={currencies}
            value={currency}
            onChange={(event) => setCurrency(event.currentTarget.value)}
          />
          <MoneyField
            key={`min-${currency}`}
            name="priceMin"
            label="Lowest price per share"
            currency={currency}
            required
          />
          <MoneyField
            key={`max-${currency}`}
            name="priceMax"
            label="Highest price per share"
            currency={currency}
            required
          />
          <MoneyField
            key={`small-${currency}`}
            name="minimumTicket"
            label="Smallest commitment"
            currency={currency}
            required
          />
          <MoneyField
            key={`large-${currency}`}
            name="maximumTicket"
            label="Largest commitment"
            currency={currency}
            required
          />
          <TextField
            name="opensAt"
            label="Takes offers from"
            type="datetime-local"
            hint="In your own time zone."
            required
          />
          <TextField
            name="closesAt"
            label="Takes offers until"
            type="datetime-local"
            hint="In your own time zone."
            required
          />
          <div className="sm:col-span-2">
            <Button type="submit" variant="primary" busy={draft.isPending}>
              Draft the deal
            </Button>
          </div>
        </Form>
      )}
    </QueryView>
  );
}
