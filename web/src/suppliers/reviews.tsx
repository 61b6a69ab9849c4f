import { useInfiniteQuery } from '@tanstack/react-query';
import { api } from '../api/client.ts';
import { Button } from '../design/button.tsx';
import { Refusal } from '../design/fields.tsx';
import { Instant } from '../design/figures.tsx';
import { Skeleton } from '../design/query-view.tsx';

/** Reviews of a supplier, newest first; who wrote them is not told. */
export function Reviews({ supplierId }: { supplierId: string }) {
  const { data, error, fetchNextPage, hasNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ['get', '/api/reviews', { supplierId }],
    queryFn: async ({ pageParam: cursor, signal }) => {
      const { data } = await api.GET('/api/reviews', { params: { query: { supplierId, limit: 10, cursor } }, signal });
      return data ?? { items: [], nextCursor: null };
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  });
  if (!data) return error ? <Refusal problem={error} /> : <Skeleton rows={2} />;
  const reviews = data.pages.flatMap(({ items }) => items);
  if (reviews.length === 0) {
    return <p className="text-muted">No review yet. Buyers write one when an order is delivered and paid.</p>;
  }
  return (
    <div className="grid gap-4">
      <ul className="grid gap-4">
        {reviews.map(({ reviewId, rating, quality, delivery, communication, text, createdAt, updatedAt }) => (
          <li key={reviewId} className="border-t border-line pt-3 first:border-0 first:pt-0">
            <p className="figures text-sm">
              <strong className="font-semibold">{rating} of 5</strong>
              <span className="text-muted">
                {' '}
                · quality {quality}, delivery {delivery}, communication {communication} ·{' '}
                <Instant at={createdAt} dateOnly />
                {updatedAt !== createdAt && ', changed since'}
              </span>
            </p>
            {text && <p className="mt-1 max-w-prose whitespace-pre-line">{text}</p>}
          </li>
        ))}
      </ul>
      {hasNextPage && (
        <div>
          <Button size="sm" busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            Older reviews
          </Button>
        </div>
      )}
    </div>
  );
}
