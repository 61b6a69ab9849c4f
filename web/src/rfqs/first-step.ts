import { type Goods, readGoods } from './draft-terms.ts';

const key = 'clearlot-new-request';

/** What was entered in the first step, before there is a draft on the platform. */
export interface FirstStep {
  title: string;
  currency: string;
  goods: Goods;
}

/** Keeps what is typed in this tab, so that a reload loses nothing. */
export function rememberFirstStep(data: FormData, storage: Storage = sessionStorage): void {
  const entries = [...data].filter(([, value]) => typeof value === 'string');
  storage.setItem(key, JSON.stringify(entries));
}

/** What was typed before in this tab, however far it came. */
export function recallFirstStep(storage: Storage = sessionStorage): FirstStep | undefined {
  const kept = storage.getItem(key);
  if (!kept) return undefined;
  const data = new FormData();
  for (const [name, value] of JSON.parse(kept) as [string, string][]) data.append(name, value);
  const { value: goods } = readGoods(data, undefined);
  return { title: String(data.get('title') ?? ''), currency: String(data.get('currency') ?? ''), goods };
}

/** It is on the platform now. */
export function forgetFirstStep(storage: Storage = sessionStorage): void {
  storage.removeItem(key);
}
