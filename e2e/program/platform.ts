import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, type Platform, type PlatformOptions, type PlatformProcess, startPlatform } from '@clearlot/stack';
import { demoOperator, seedDemoWorld } from '../../scripts/demo-world.ts';
import { buildWeb } from '../../scripts/web/build.ts';
import { type Client, signedIn } from './client.ts';

/** A whole platform for one test file, empty but for the demo world. */
export interface RaisedPlatform {
  platform: Platform;
  url: string;
  operator: Client;
  process(name: string): PlatformProcess;
  /** Stops everything and starts it again on the same state. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** Raises the platform in a temporary folder, as `npm start` does. */
export async function raisePlatform(options: {
  replicas?: NonNullable<PlatformOptions['replicas']>;
  env?: Record<string, Record<string, string>>;
  /** The web app is served too. */
  web?: boolean;
}): Promise<RaisedPlatform> {
  const { web, ...rest } = options;
  const stateDir = mkdtempSync(join(tmpdir(), 'clearlot-e2e-'));
  const gatewayPort = await freePort();
  const start = () => startPlatform({ stateDir, gatewayPort, ...rest, ...(web ? { webRoot: buildWeb } : {}) });
  const raised = {
    platform: await start(),
    url: `http://localhost:${gatewayPort}`,
    operator: signedIn(`http://localhost:${gatewayPort}`, demoOperator.email, demoOperator.password),
    process(name: string) {
      const found = raised.platform.processes.find((each) => each.name === name || each.id === name);
      if (!found) throw new Error(`no process ${name}`);
      return found;
    },
    async restart() {
      await raised.platform.stop();
      raised.platform = await start();
    },
    async stop() {
      await raised.platform.stop();
      rmSync(stateDir, { recursive: true, force: true });
    },
  };
  const identityEnvironment = raised.process('identity').environment;
  try {
    await seedDemoWorld({ gatewayUrl: raised.url, identityEnvironment });
  } catch (error) {
    await raised.stop();
    throw error;
  }
  return raised;
}
