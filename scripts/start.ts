// npm start: the whole platform on this machine, with a demo world in it. Ctrl-C stops it; its state is kept.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, isPortFree, type Platform, startPlatform } from '@clearlot/stack';
import { root } from './checks/run.ts';
import { buildWeb } from './web/build.ts';

/** What scripts/demo-world.ts tells about the accounts it made sure of. */
type DemoAccount = { email: string; password: string; role: string };

const startedAt = performance.now();
const stateDir = process.env.CLEARLOT_STATE ?? join(root, '.clearlot', 'state');
const stopping = new AbortController();
let platform: Platform | undefined;

// A terminal sends Ctrl-C to everybody in it and npm passes it on once more: what comes within this time is one press.
const onePressMs = 500;
let firstPressAt = 0;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);

function onSignal(): void {
  if (firstPressAt === 0) {
    firstPressAt = performance.now();
    console.log('\nStopping (press Ctrl-C again to kill) …');
    stopping.abort();
    if (platform) void platform.stop().then(() => process.exit(0));
  } else if (performance.now() - firstPressAt > onePressMs) {
    console.log('Killed.');
    process.exit(130);
  }
}

/** The setting, or the default, as a port. */
function portFrom(variable: string, standard: number): number {
  const port = Number(process.env[variable] ?? standard);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new Error(`${variable} must be a port number`);
  return port;
}

async function seed(started: Platform): Promise<DemoAccount[]> {
  const file = join(root, 'scripts', 'demo-world.ts');
  // Demo accounts have published passwords: never put them into a database that is not ours.
  if (process.env.CLEARLOT_POSTGRES_URL || !existsSync(file)) return [];
  const world = await import(file);
  if (typeof world.seedDemoWorld !== 'function') throw new Error('scripts/demo-world.ts must export seedDemoWorld');
  const seeded = await world.seedDemoWorld({
    gatewayUrl: started.gatewayUrl,
    identityEnvironment: started.processes.find(({ name }) => name === 'identity')?.environment ?? {},
  });
  return seeded?.accounts ?? [];
}

/** Signing in as somebody of the demo world by one click, where there is one. */
async function demoDoor(): Promise<Record<string, string>> {
  if (process.env.CLEARLOT_POSTGRES_URL) return {};
  const { demoAccounts } = await import('./demo-world.ts');
  return { DEMO_ACCOUNTS: JSON.stringify(demoAccounts) };
}

/** Goes on with the demo world while the platform is used; whatever comes of it, the platform stays up. */
async function explore(started: Platform): Promise<void> {
  const { exploreDemoWorld } = await import('./demo/explore.ts');
  await exploreDemoWorld({
    gatewayUrl: started.gatewayUrl,
    memoryFile: join(stateDir, 'demo-world.json'),
    signal: stopping.signal,
    report: (line) => console.log(line),
  });
}

function describe(started: Platform, accounts: DemoAccount[]): string {
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
  return [
    '',
    `Clearlot is up (${seconds} s).`,
    '',
    `  API and web   ${started.gatewayUrl}`,
    `  API docs      ${started.gatewayUrl}/api/docs`,
    ...(started.mailboxUrl ? [`  Mailbox       ${started.mailboxUrl}`] : []),
    `  Logs          ${join(stateDir, 'logs')}`,
    ...(accounts.length > 0 ? ['', '  Demo accounts'] : []),
    ...accounts.map(({ email, password, role }) => `    ${role.padEnd(10)} ${email}  ${password}`),
    '',
    'Ctrl-C stops everything; the state is kept.',
  ].join('\n');
}

try {
  const standardMailboxPort = portFrom('CLEARLOT_MAILBOX_PORT', 8025);
  const isTaken = !process.env.CLEARLOT_MAILBOX_PORT && !(await isPortFree(standardMailboxPort));
  platform = await startPlatform({
    stateDir,
    gatewayPort: portFrom('CLEARLOT_PORT', 8080),
    mailboxPort: isTaken ? await freePort() : standardMailboxPort,
    signal: stopping.signal,
    webRoot: buildWeb,
    // Labelled as simulated wherever it is shown, and silent as soon as a real feed is configured.
    env: { 'market-data': { SIMULATED_FEED: 'true' }, gateway: await demoDoor() },
    log: (line) => console.log(line),
  });
  const accounts = await seed(platform);
  if (!stopping.signal.aborted) {
    console.log(describe(platform, accounts));
    if (accounts.length > 0) explore(platform).catch((error) => console.error(`\nThe demo world stopped: ${error}`));
  }
} catch (error) {
  if (!stopping.signal.aborted) console.error(`\nclearlot: ${error instanceof Error ? error.message : error}`);
  await platform?.stop();
  process.exit(stopping.signal.aborted ? 0 : 1);
}
