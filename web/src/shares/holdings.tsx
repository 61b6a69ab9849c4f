import { useQueryClient } from '@tanstack/react-query';
import { server } from '../api/client.ts';
import type { Answer } from '../api/shapes.ts';
import { Button, ButtonLink } from '../design/button.tsx';
import { Form, SelectField, TextField } from '../design/fields.tsx';
import { Count, Instant } from '../design/figures.tsx';
import { Notice } from '../design/notice.tsx';
import { Facts, Page, Section } from '../design/page.tsx';
import { QueryView } from '../design/query-view.tsx';
import { Status } from '../design/status.tsx';
import { useToast } from '../design/toasts.tsx';
import { holdingState, kindLabel, kinds } from './holding-words.ts';
import { ProofList, ProofUpload } from './proof-upload.tsx';

type Holding = Answer<'/api/holdings/my'>[number];

/** The shares I say I hold, what proves them, and what became of the review. */
export function Holdings() {
  const holdings = server.useQuery('get', '/api/holdings/my', {}, { refetchInterval: 10_000 });
  return (
    <Page
      title="My holdings"
      summary="Shares you own, each with its proof. You can offer them while the proof is reviewed."
      actions={<ButtonLink to="/deals">See open deals</ButtonLink>}
    >
      <QueryView query={holdings}>
        {(all) => all.map((each) => <OneHolding key={each.holdingId} holding={each} />)}
      </QueryView>
      <AddHolding />
    </Page>
  );
}

function OneHolding({ holding }: { holding: Holding }) {
  const { label, tone } = holdingState(holding.status);
  return (
    <Section
      title={`${holding.companyName}, ${kindLabel(holding.shareType)}`}
      actions={<Status tone={tone}>{label}</Status>}
    >
      <div className="grid gap-4">
        <Facts
          columns={3}
          facts={[
            ['Shares', <Count key="shares" value={holding.quantity} />],
            ['Set aside in deals', <Count key="reserved" value={holding.reservedQuantity} />],
            ['Free to offer', <Count key="free" value={holding.availableQuantity} />],
            ['Added', <Instant key="added" at={holding.createdAt} />],
          ]}
        />
        {holding.status === 'rejected' && (
          <Notice tone="red" title="Clearlot could not verify this holding">
            {holding.notes ?? 'No reason was given.'} Upload a better proof or add the holding again.
          </Notice>
        )}
        <ProofList documents={holding.documents} />
        {holding.status === 'pending' && (
          <ProofUpload
            path={`/api/holdings/${holding.holdingId}/documents`}
            hint="A share certificate, an exercise confirmation or an extract of the register. PDF or image, up to 10 MB."
          />
        )}
      </div>
    </Section>
  );
}

function AddHolding() {
  const queries = useQueryClient();
  const toast = useToast();
  const companies = server.useQuery('get', '/api/companies');
  const add = server.useMutation('post', '/api/holdings', {
    onSuccess: async () => {
      toast('The holding is added. Upload its proof next.');
      await queries.invalidateQueries();
    },
  });
  const submit = (data: FormData) =>
    add.mutate({
      body: {
        companyId: String(data.get('companyId')),
        shareType: String(data.get('shareType')),
        quantity: Number(data.get('quantity')),
      },
    });
  return (
    <Section title="Add a holding">
      <QueryView query={companies}>
        {(all) => (
          <Form key={add.isSuccess ? add.submittedAt : 0} problem={add.error} onSubmit={submit} className="max-w-xl">
            <SelectField
              name="companyId"
              label="Company"
              choices={all.map(({ companyId, name, legalName }) => ({
                value: companyId,
                label: `${name} (${legalName})`,
              }))}
              hint="Only companies with a liquidity program are here."
            />
            <SelectField name="shareType" label="Kind of shares" choices={kinds} />
            <TextField
              name="quantity"
              label="Shares you own"
              type="number"
              inputMode="numeric"
              min={1}
              step={1}
              required
            />
            <div>
              <Button type="submit" variant="primary" busy={add.isPending}>
                Add the holding
              </Button>
            </div>
          </Form>
        )}
      </QueryView>
    </Section>
  );
}
