/** A lot being cleared: a square cut in four, one quarter moved. */
export function Wordmark() {
  return (
    <span className="inline-flex items-center gap-2 text-lg font-semibold tracking-tight text-ink">
      <svg aria-hidden viewBox="0 0 32 32" className="size-5 text-accent" fill="currentColor">
        <path d="M3 5h11v11H3zM16 5h11v11H16zM3 18h11v11H3zM18.5 20.5h11v11h-11z" />
      </svg>
      clearlot
    </span>
  );
}
