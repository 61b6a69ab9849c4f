import type { Client } from '../../e2e/program/client.ts';
import { demoOperator } from '../demo-world.ts';
import { as } from './cast.ts';

/** Where the scenes of the demo world are played. */
export interface Stage {
  baseUrl: string;
  operator: Client;
}

/** A part of the demo world that is made once. */
export interface Scene {
  name: string;
  play(stage: Stage): Promise<void>;
}

/** The stage at a gateway. */
export function stageAt(baseUrl: string): Stage {
  return { baseUrl, operator: as(baseUrl, demoOperator.email) };
}
