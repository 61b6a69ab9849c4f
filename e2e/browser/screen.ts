import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { expect } from 'vitest';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  id: string;
  help: string;
  nodes: { html: string }[];
}

/** Somebody at a browser of their own. */
export interface Sitting {
  page: Page;
  context: BrowserContext;
  /** What the browser complained of since it was opened. */
  complaints: string[];
}

/** Opens a browser for one person, as large as asked for, and signs them in as people do. */
export async function sitDown(
  browser: Browser,
  url: string,
  person: { email: string; password: string },
  viewport = { width: 1_440, height: 900 },
): Promise<Sitting> {
  const context = await browser.newContext({ viewport, baseURL: url, locale: 'en-GB' });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`));
  page.on('console', (message) => {
    if (/Content Security Policy|Uncaught/.test(message.text())) complaints.push(`${page.url()}: ${message.text()}`);
  });
  await page.goto('/login');
  await page.getByLabel('E-mail').fill(person.email);
  await page.getByLabel('Password').fill(person.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL('**/dashboard');
  await page.getByRole('button', { name: 'Find anything' }).waitFor();
  return { page, context, complaints };
}

/** Rules of WCAG 2.2 AA that a machine can tell are kept, and nothing scrolls sideways. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(axe);
  const runOnly = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
  const { violations } = await page.evaluate<{ violations: Violation[] }>(
    `axe.run(document, ${JSON.stringify({ runOnly })})`,
  );
  const broken = violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes[0]?.html.slice(0, 200)}`);
  expect(broken, page.url()).toEqual([]);
  await expectNarrow(page);
}

/** Nothing makes the page scroll sideways; tables scroll in their frames. */
export async function expectNarrow(page: Page): Promise<void> {
  const sideways = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
  expect(sideways, `${page.url()} scrolls sideways`).toBeLessThanOrEqual(0);
}
