// npm run screens: pictures of the main screens of a running platform (CLEARLOT_URL, else localhost:8080) into docs/screens.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openBrowser } from '../../e2e/browser/chromium.ts';
import { sitDown } from '../../e2e/browser/screen.ts';
import { root } from '../checks/run.ts';
import { demoAccounts } from '../demo-world.ts';

const url = process.env.CLEARLOT_URL ?? 'http://localhost:8080';
const sizes = { desktop: { width: 1_280, height: 800 }, phone: { width: 390, height: 844 } };

/** What is photographed, as whom, and where it is; `first` follows the first link of a list that has the words. */
const screens: readonly { name: string; role: string; path: string; first?: RegExp }[] = [
  { name: 'buyer-dashboard', role: 'buyer', path: '/dashboard' },
  { name: 'deals', role: 'buyer', path: '/deals' },
  { name: 'deal', role: 'buyer', path: '/deals', first: /Helios/ },
  { name: 'market', role: 'buyer', path: '/market' },
  { name: 'suppliers', role: 'buyer', path: '/suppliers' },
  { name: 'products', role: 'buyer', path: '/products' },
  { name: 'quotes', role: 'buyer', path: '/quotes' },
  { name: 'orders', role: 'buyer', path: '/orders' },
  { name: 'admin-holdings', role: 'operator', path: '/admin/holdings' },
  { name: 'admin-suppliers', role: 'operator', path: '/admin/suppliers' },
];

const folder = join(root, 'docs', 'screens');
mkdirSync(folder, { recursive: true });
const wanted = process.argv.slice(2);
const browser = await openBrowser();
for (const [size, viewport] of Object.entries(sizes)) {
  for (const role of new Set(screens.map((each) => each.role))) {
    const account = demoAccounts.find((each) => each.role === role);
    if (!account) throw new Error(`nobody is a ${role}`);
    const { page, context } = await sitDown(browser, url, account, viewport);
    for (const { name, path, first } of screens) {
      const isWanted = wanted.length === 0 || wanted.includes(name);
      if (!isWanted || screens.find((each) => each.name === name)?.role !== role) continue;
      await page.goto(path);
      if (first) await page.getByRole('link', { name: first }).first().click();
      await page.waitForLoadState('networkidle');
      await page.screenshot({ path: join(folder, `${name}-${size}.png`), animations: 'disabled' });
      console.log(`${name}, ${size}`);
    }
    await context.close();
  }
}
await browser.close();
