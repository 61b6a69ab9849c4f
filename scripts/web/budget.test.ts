import { describe, expect, it } from 'vitest';
import { type Manifest, weigh } from './budget.ts';

const manifest: Manifest = {
  'index.html': {
    ...{ file: 'index.js', isEntry: true, imports: ['_shared.js'], css: ['index.css'] },
    dynamicImports: [
      'src/routes/_app.tsx?split',
      'src/routes/_app.deals.index.tsx?split',
      'src/routes/login.tsx?split',
    ],
  },
  '_shared.js': { file: 'shared.js' },
  '_table.js': { file: 'table.js', imports: ['_shared.js', '_loop.js'] },
  '_loop.js': { file: 'loop.js', imports: ['_table.js'] },
  '_figures.js': { file: 'figures.js', dynamicImports: ['src/chart.ts'] },
  'src/chart.ts': { file: 'chart.js', isDynamicEntry: true, imports: ['_shared.js'], css: ['chart.css'] },
  'src/palette.ts': { file: 'palette.js', isDynamicEntry: true, imports: ['src/routes/_app.tsx?split'] },
  'src/routes/_app.tsx?split': {
    ...{ file: 'app.js', isDynamicEntry: true, imports: ['index.html'], dynamicImports: ['src/palette.ts'] },
  },
  'src/routes/_app.deals.index.tsx?split': {
    ...{ file: 'deals.js', isDynamicEntry: true, imports: ['_table.js', '_shared.js'] },
    dynamicImports: ['src/routes/_app.market.tsx?split', 'photo.png'],
  },
  'src/routes/_app.market.tsx?split': {
    file: 'market.js',
    isDynamicEntry: true,
    imports: ['index.html', '_figures.js'],
  },
  'src/routes/_app/prices.tsx?split': {
    file: 'prices.js',
    isDynamicEntry: true,
    imports: ['_figures.js', '_table.js'],
  },
  'src/routes/login.tsx?split': { file: 'login.js', isDynamicEntry: true, imports: ['index.html'] },
  'inter.woff2': { file: 'inter.woff2' },
  'photo.png': { file: 'photo.png', isDynamicEntry: true },
};
// Powers of two: a sum says what is in it.
const files = [
  ...['inter.woff2', 'index.js', 'index.css', 'shared.js', 'app.js', 'table.js', 'loop.js', 'figures.js', 'chart.js'],
  ...['chart.css', 'palette.js', 'deals.js', 'market.js', 'prices.js', 'login.js', 'photo.png'],
];
const sizeOf = (...names: string[]) => names.reduce((sum, name) => sum + 2 ** files.indexOf(name), 0);
const weights = weigh(manifest, sizeOf, ['inter.woff2']);

const first = ['inter.woff2', 'index.js', 'index.css', 'shared.js'];

describe('the weight of the web app', () => {
  it('counts what the app waits for: the entry, what it imports, its style, and the font', () => {
    expect(weights.first).toBe(sizeOf(...first));
  });

  it('counts a page with the layout around it and each file once, but no other page that it leads to', () => {
    expect(weights.routes['_app.deals.index']).toBe(sizeOf(...first, 'app.js', 'deals.js', 'table.js', 'loop.js'));
    expect(weights.routes.login).toBe(sizeOf(...first, 'login.js'));
  });

  it('counts what a page fetches later by itself in every page that does, also through a shared module', () => {
    const chart = ['figures.js', 'chart.js', 'chart.css'];
    expect(weights.routes['_app.market']).toBe(sizeOf(...first, 'app.js', 'market.js', ...chart));
    expect(weights.routes['_app.prices']).toBe(
      sizeOf(...first, 'app.js', 'prices.js', 'table.js', 'loop.js', ...chart),
    );
  });

  it('counts what a layout fetches later for the layout alone', () => {
    expect(weights.routes._app).toBe(sizeOf(...first, 'app.js', 'palette.js'));
  });

  it('counts every script and style once in the total, also those fetched later, and no font or picture', () => {
    expect(weights.total).toBe(sizeOf(...files.filter((file) => /\.(js|css)$/.test(file))));
  });
});
