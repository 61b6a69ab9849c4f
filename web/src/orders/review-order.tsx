import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { server } from '../api/client.ts';
import type { Answer } from '../api/shapes.ts';
import { Button } from '../design/button.tsx';
import { Form, TextAreaField } from '../design/fields.tsx';
import { Section } from '../design/page.tsx';
import { QueryView } from '../design/query-view.tsx';
import { words } from '../design/status.tsx';
import { useToast } from '../design/toasts.tsx';
import { useSupplierName } from '../suppliers/supplier-link.tsx';
import type { Order } from './order-state.ts';
import { useRefreshOrders } from './refresh-orders.ts';

type Review = Answer<'/api/reviews/{id}'>;

const marks = ['rating', 'quality', 'delivery', 'communication'] as const;
const fives = [1, 2, 3, 4, 5] as const;

/** A buyer's word on an order that was delivered and paid: written once, and changed later. */
export function ReviewOrder({ order }: { order: Order }) {
  const supplier = useSupplierName(order.supplierId);
  const [written, setWritten] = useState<string>();
  const reviewId = order.reviewId ?? written;
  return (
    <Section title={reviewId ? 'Your review' : `How was ${supplier}?`}>
      {reviewId ? <Written reviewId={reviewId} /> : <ReviewForm orderId={order.orderId} onDone={setWritten} />}
    </Section>
  );
}

function Written({ reviewId }: { reviewId: string }) {
  const [changing, setChanging] = useState(false);
  const review = server.useQuery('get', '/api/reviews/{id}', { params: { path: { id: reviewId } } });
  return (
    <QueryView query={review}>
      {(it) =>
        changing ? (
          <ReviewForm review={it} onDone={() => setChanging(false)} onNotNow={() => setChanging(false)} />
        ) : (
          <div className="grid gap-3">
            <p className="figures">
              <strong className="font-semibold">{it.rating} of 5</strong>
              <span className="text-muted">
                {' '}
                · quality {it.quality}, delivery {it.delivery}, communication {it.communication}
              </span>
            </p>
            {it.text && <p className="max-w-prose whitespace-pre-line">{it.text}</p>}
            <div>
              <Button size="sm" onClick={() => setChanging(true)}>
                Change it
              </Button>
            </div>
          </div>
        )
      }
    </QueryView>
  );
}

function ReviewForm({
  orderId,
  review,
  onDone,
  onNotNow,
}: {
  orderId?: string;
  review?: Review;
  onDone(reviewId: string): void;
  onNotNow?(): void;
}) {
  const queries = useQueryClient();
  const refreshOrders = useRefreshOrders();
  const toast = useToast();
  const saved = {
    onSuccess: async ({ reviewId }: Review) => {
      toast('Your review is published, without your name.');
      onDone(reviewId);
      const shown = ['/api/reviews', '/api/reviews/{id}', '/api/suppliers', '/api/suppliers/{id}'];
      await Promise.all(shown.map((path) => queries.invalidateQueries({ queryKey: ['get', path] })));
      await refreshOrders();
    },
  };
  const write = server.useMutation('post', '/api/reviews', saved);
  const change = server.useMutation('put', '/api/reviews/{id}', saved);
  const submit = (data: FormData) => {
    const [rating, quality, delivery, communication] = marks.map((name) => Number(data.get(name)));
    const text = String(data.get('text') ?? '').trim();
    const said = { rating, quality, delivery, communication, text } as Omit<Review, 'reviewId' | 'supplierId'>;
    if (review) change.mutate({ params: { path: { id: review.reviewId } }, body: said });
    else if (orderId) write.mutate({ body: { ...said, orderId } });
  };
  return (
    <Form problem={write.error ?? change.error} onSubmit={submit}>
      <div className="grid gap-4 sm:grid-cols-2">
        {marks.map((name) => (
          <MarkField key={name} name={name} initial={review?.[name]} />
        ))}
      </div>
      <TextAreaField
        name="text"
        label="In your words"
        hint="Everybody can read it; neither your name nor the order is told."
        maxLength={4000}
        defaultValue={review?.text}
      />
      <div className="flex gap-2">
        <Button type="submit" variant="primary" busy={write.isPending || change.isPending}>
          {review ? 'Save the review' : 'Publish the review'}
        </Button>
        {onNotNow && <Button onClick={onNotNow}>Not now</Button>}
      </div>
    </Form>
  );
}

function MarkField({ name, initial }: { name: (typeof marks)[number]; initial?: number | undefined }) {
  return (
    <fieldset>
      <legend className="mb-1 text-sm font-medium">
        {name === 'rating' ? 'Overall' : words(name)}{' '}
        <span className="font-normal text-muted">1 is poor, 5 is very good</span>
      </legend>
      <div className="flex gap-1">
        {fives.map((value) => (
          <label
            key={value}
            className="figures grid min-h-9 w-10 cursor-pointer place-items-center rounded-md border border-line-strong has-checked:border-accent has-checked:bg-accent has-checked:text-on-accent has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent"
          >
            <input
              type="radio"
              name={name}
              value={value}
              required
              defaultChecked={value === initial}
              className="sr-only"
            />
            {value}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
