import type { Quote } from './badges.tsx';

export function LivePrices({ quotes: _ }: { quotes: readonly Quote[] }) {
  return null;
}
