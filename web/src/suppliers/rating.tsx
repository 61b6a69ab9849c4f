/** An average mark of five with how many gave it; without a review there is none. */
export function Rating({ rating, count }: { rating: string | null; count: number }) {
  if (rating === null) return <span className="text-muted">No reviews</span>;
  return (
    <span className="figures whitespace-nowrap">
      <strong className="font-semibold">{rating}</strong> of 5
      <span className="block text-xs text-muted">{count === 1 ? '1 review' : `${count} reviews`}</span>
    </span>
  );
}
