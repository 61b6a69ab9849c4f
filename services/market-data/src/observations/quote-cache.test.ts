import { expect, it } from 'vitest';
import type { Quote } from './latest-figures.ts';
import { createQuoteCache, rememberedMsMax } from './quote-cache.ts';

const quote = (instrumentId: string, name: string) =>
  ({ instrument: { instrumentId, name }, figures: [] }) as unknown as Quote;

/** A cache with a clock, and a way to ask it that counts loads. */
function open() {
  const state = { nowMs: 0, loads: 0, name: 'first' };
  const cache = createQuoteCache(() => state.nowMs);
  const ask = async (audience = 'user', id = 'a') => {
    const found = await cache.read(audience, [id], async (ids) => {
      state.loads += 1;
      return ids.map((each) => quote(each, state.name));
    });
    return found.get(id)?.instrument.name;
  };
  return { cache, state, ask };
}

it('loads once, and again when five minutes are over, whatever was heard', async () => {
  const { state, ask } = open();
  await ask();
  state.name = 'second';
  state.nowMs = rememberedMsMax - 1;
  expect(await ask()).toBe('first');
  state.nowMs = rememberedMsMax;
  expect(await ask()).toBe('second');
  expect(state.loads).toBe(2);
  expect(rememberedMsMax).toBe(300_000);
});

it('never gives one audience what was loaded for another', async () => {
  const { state, ask } = open();
  state.name = 'for operators';
  await ask('operator');
  state.name = 'for people';
  expect(await ask('user')).toBe('for people');
  expect(await ask('operator')).toBe('for operators');
});

it('loads again after a change', async () => {
  const { cache, state, ask } = open();
  await ask();
  state.name = 'second';
  cache.drop('b');
  expect(await ask()).toBe('first');
  cache.drop('a');
  expect(await ask()).toBe('second');
});

it('does not remember what was being loaded when it changed', async () => {
  const { cache, ask } = open();
  let answer = (_: Quote[]) => {};
  const old = cache.read('user', ['a'], () => new Promise<Quote[]>((resolve) => (answer = resolve)));
  cache.drop('a');
  answer([quote('a', 'from before')]);
  expect((await old).get('a')?.instrument.name).toBe('from before');
  expect(await ask()).toBe('first');
});

it('remembers nothing while nobody can say that something changed', async () => {
  const { cache, state, ask } = open();
  await ask();
  cache.suspend(true);
  state.name = 'second';
  expect(await ask()).toBe('second');
  state.name = 'third';
  expect(await ask()).toBe('third');
  cache.suspend(false);
  expect(await ask()).toBe('third');
  state.name = 'fourth';
  expect(await ask()).toBe('third');
});

it('does not know what is not there', async () => {
  const { cache } = open();
  expect((await cache.read('user', ['a'], async () => [])).size).toBe(0);
});
