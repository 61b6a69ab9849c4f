import { expect, test } from 'vitest';
import { pageHeaders } from './headers.ts';

function policy(publicUrl: string): Map<string, string[]> {
  const directives = (pageHeaders(publicUrl)['content-security-policy'] ?? '').split('; ');
  return new Map(directives.map((directive) => [directive.split(' ')[0] ?? '', directive.split(' ').slice(1)]));
}

test('a page runs and draws only what comes in files of its own, and nobody may frame it', () => {
  const directives = policy('https://clearlot.example');
  expect(directives.get('default-src')).toEqual(["'none'"]);
  expect(directives.get('script-src')).toEqual(["'self'"]);
  expect(directives.get('style-src')).toEqual(["'self'"]);
  expect(directives.get('frame-ancestors')).toEqual(["'none'"]);
  expect([...directives.values()].flat().filter((source) => /unsafe|\*|https?:/.test(source))).toEqual([]);
});

test.each([
  ['https://clearlot.example/', 'wss://clearlot.example'],
  ['http://localhost:8080', 'ws://localhost:8080'],
])('pages at %s may open the live socket at %s and nothing further away', (publicUrl, liveOrigin) => {
  expect(policy(publicUrl).get('connect-src')).toEqual(["'self'", liveOrigin]);
});

test('a browser is held to encryption exactly where the platform is reached encrypted', () => {
  expect(pageHeaders('https://clearlot.example')['strict-transport-security']).toMatch(/max-age=\d{8}/);
  expect(pageHeaders('http://localhost:8080')).not.toHaveProperty('strict-transport-security');
});
