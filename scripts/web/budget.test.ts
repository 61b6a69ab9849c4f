import { describe, expect, it } from 'vitest';
import { type Manifest, weigh } from './budget.ts';

const manifest: Manifest = {
  'index.html': { file: 'index.js', isEntry: true, imports: ['_shared.js'], css: ['index.css'] },
  '_shared.js': { file: 'shared.js' },
  '_table.js': { file: 'table.js', imports: ['_shared.js', '_loop.js'] },
  '_loop.js': { file: 'loop.js', imports: ['_table.js'] },
  'src/routes/deals.tsx': { file: 'deals.js', isDynamicEntry: true, imports: ['_table.js', '_shared.js'] },
  'src/routes/market.tsx': { file: 'market.js', isDynamicEntry: true, imports: ['index.html'] },
  'src/chart.ts': { file: 'chart.js', isDynamicEntry: true },
  'inter.woff2': { file: 'inter.woff2' },
};
const sizes: Record<string, number> = {
  ...{ 'index.js': 100, 'index.css': 10, 'shared.js': 20, 'table.js': 5, 'loop.js': 1 },
  ...{ 'deals.js': 3, 'market.js': 4, 'chart.js': 50, 'inter.woff2': 48 },
};
const weights = weigh(manifest, (file) => sizes[file] ?? Number.NaN, ['inter.woff2']);

describe('the weight of the web app', () => {
  it('counts what the first page waits for: the entry, what it imports, its style, and the font', () => {
    expect(weights.first).toBe(100 + 20 + 10 + 48);
  });

  it('counts a route with all that it waits for, each file once, and not what is fetched later', () => {
    expect(weights.routes).toEqual({
      'src/routes/deals.tsx': 178 + 3 + 5 + 1,
      'src/routes/market.tsx': 178 + 4,
    });
  });

  it('counts every script and style in the total, also those fetched later', () => {
    expect(weights.total).toBe(100 + 10 + 20 + 5 + 1 + 3 + 4 + 50);
  });
});
