import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { upload } from '../api/client.ts';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { FileField, Form, SelectField } from '../design/fields.tsx';
import { Instant } from '../design/figures.tsx';
import { Section } from '../design/page.tsx';
import { words } from '../design/status.tsx';
import { useToast } from '../design/toasts.tsx';
import type { Side } from '../quotes/quote-state.ts';
import { useMe } from '../session/session.ts';
import type { Order } from './order-state.ts';
import { useRefreshOrders } from './refresh-orders.ts';

const kinds = [
  'bill_of_lading',
  'certificate_of_analysis',
  'packing_list',
  'invoice',
  'inspection_report',
  'evidence',
  'other',
] as const;

/** Papers of the order and of its deliveries; both sides see all of them. */
export function OrderDocuments({ order, side }: { order: Order; side: Side | undefined }) {
  const [adding, setAdding] = useState(false);
  const meId = useMe().id;
  const numberOf = (id: string) => order.deliveries.find(({ deliveryId }) => deliveryId === id)?.sequence;
  return (
    <Section
      title="Documents"
      actions={
        side && (
          <Button size="sm" onClick={() => setAdding(true)}>
            Add a document
          </Button>
        )
      }
    >
      {order.documents.length === 0 ? (
        <p className="text-muted">None yet. Bills of lading, certificates of analysis and invoices go here.</p>
      ) : (
        <ul className="grid gap-3">
          {order.documents.map(({ documentId, deliveryId, kind, fileName, uploaderId, createdAt }) => (
            <li key={documentId} className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
              <span className="min-w-0">
                <Link
                  to="/documents/$documentId"
                  params={{ documentId }}
                  className="font-medium break-words text-accent underline"
                >
                  {fileName}
                </Link>
                <span className="block text-xs text-muted">
                  {words(kind)}
                  {deliveryId && `, delivery ${numberOf(deliveryId)}`} · from{' '}
                  {uploaderId === meId ? 'you' : 'the other side'}
                </span>
              </span>
              <span className="text-xs text-muted">
                <Instant at={createdAt} />
              </span>
            </li>
          ))}
        </ul>
      )}
      <Dialog open={adding} onClose={() => setAdding(false)} title="Add a document">
        <AddDocument order={order} onDone={() => setAdding(false)} />
      </Dialog>
    </Section>
  );
}

function AddDocument({ order, onDone }: { order: Order; onDone(): void }) {
  const refresh = useRefreshOrders();
  const toast = useToast();
  const add = useMutation({
    mutationFn: ({ query, body }: { query: URLSearchParams; body: FormData }) =>
      upload(`/api/orders/${order.orderId}/documents?${query}`, body),
    onSuccess: async () => {
      toast('The document is added; the other side can read it.');
      onDone();
      await refresh();
    },
  });
  const submit = (data: FormData) => {
    const query = new URLSearchParams({ kind: String(data.get('kind')) });
    const deliveryId = String(data.get('deliveryId') ?? '');
    if (deliveryId) query.set('deliveryId', deliveryId);
    const body = new FormData();
    const file = data.get('file');
    if (file) body.set('file', file);
    add.mutate({ query, body });
  };
  return (
    <Form problem={add.error} onSubmit={submit}>
      <SelectField name="kind" label="Kind" choices={kinds.map((value) => ({ value, label: words(value) }))} />
      {order.deliveries.length > 0 && (
        <SelectField
          name="deliveryId"
          label="Belongs to"
          choices={[
            { value: '', label: 'The whole order' },
            ...order.deliveries.map(({ deliveryId, sequence }) => ({
              value: deliveryId,
              label: `Delivery ${sequence}`,
            })),
          ]}
        />
      )}
      <FileField name="file" label="File" hint="PDF, PNG, JPEG, Word, Excel, CSV or text." required />
      <p className="text-sm text-muted">The other side of the order can read it at once. It cannot be removed.</p>
      <div>
        <Button type="submit" variant="primary" busy={add.isPending}>
          Add it
        </Button>
      </div>
    </Form>
  );
}
