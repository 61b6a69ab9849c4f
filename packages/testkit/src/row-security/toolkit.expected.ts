import type { Expectations } from './expectation.ts';

/** The tables every service starts with. */
export const toolkitExpectations = {
  // Everybody's events are numbered; the number is all that changes.
  aggregate_version: {
    updates: 'version',
    access: {
      anonymous: 'select insert update',
      other: 'select insert update',
      operator: 'select insert update',
      service: 'select insert update',
      system: 'select insert update',
    },
  },
  // Whoever acts writes the trail, as who and what it is; operators read it and nobody changes it.
  audit_log: {
    sample: { actor_role: 'user' },
    rows: {
      byAnonymous: { actor_role: 'anonymous' },
      byUser: { actor_role: 'user' },
      byOperator: { actor_role: 'operator' },
      byService: { actor_role: 'service' },
      bySystem: { actor_role: 'system' },
    },
    claims: { actor: 'actor' },
    access: {
      operator: 'select',
      'anonymous+actor': 'insert(byAnonymous)',
      'other+actor': 'insert(byUser)',
      'operator+actor': 'select insert(byOperator)',
      'service+actor': 'insert(byService)',
      'system+actor': 'insert(bySystem)',
    },
  },
  dead_letter: {
    updates: 'replayed_at replayed_by',
    access: { operator: 'select', system: 'select insert update' },
  },
  // An answer is its caller's alone.
  idempotency: {
    claims: { actor: 'actor' },
    access: {
      'anonymous+actor': 'select insert',
      'other+actor': 'select insert',
      'operator+actor': 'select insert',
      'service+actor': 'select insert',
      'system+actor': 'select insert',
    },
  },
  inbox: { access: { system: 'select insert' } },
  inbox_cursor: { updates: 'last_version', access: { system: 'select insert update' } },
  // Everybody emits, only the relay reads and marks.
  outbox: {
    updates: 'published_at',
    access: {
      anonymous: 'insert',
      other: 'insert',
      operator: 'insert',
      service: 'insert',
      system: 'select insert update',
    },
  },
  relay_lease: { updates: 'expires_at holder', access: { system: 'select insert update' } },
  // The migrator's, who acts as the owner; the application has no business with it.
  schema_migration: { access: { definer: 'select insert update delete' } },
} satisfies Expectations;
