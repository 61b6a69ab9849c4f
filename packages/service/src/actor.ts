/** Who is acting. Every transaction runs as exactly one actor; row-level security and the audit trail see it. */
export interface Actor {
  readonly kind: 'anonymous' | 'user' | 'service' | 'system';
  /** A user id, or the name of a service or of a system task such as `deals.relay`. */
  readonly id: string;
  readonly roles: readonly string[];
  readonly sessionId?: string;
  readonly ip?: string;
}

export const anonymous: Actor = { kind: 'anonymous', id: 'anonymous', roles: [] };

/** The named actor a reaction, timer or relay runs as. */
export function systemActor(name: string): Actor {
  return { kind: 'system', id: name, roles: [] };
}

export function isOperator(actor: Actor): boolean {
  return actor.kind === 'user' && actor.roles.includes('operator');
}

/** The role row-level security sees: operators are users with wider policies. */
export function databaseRole(actor: Actor): string {
  return isOperator(actor) ? 'operator' : actor.kind;
}
