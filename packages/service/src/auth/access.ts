import { type Actor, isOperator } from '../actor.ts';
import { serviceErrors } from '../errors.ts';

/** Who may call a route or rpc. Declared on every one; a door without a rule does not start. */
export type Access =
  | 'public'
  | {
      /** People with one of these roles; `*` is anyone signed in. */
      roles?: readonly string[];
      /** Services calling for themselves. */
      services?: readonly string[];
      /** Money and rights: the session is asked for at identity before the action. */
      live?: boolean;
    };

/** Anyone signed in. */
export const signedIn: Access = { roles: ['*'] };
/** The platform's operators. */
export const operators: Access = { roles: ['operator'] };
/** Operators, for actions that move money or rights: their session must be alive now. */
export const operatorsLive: Access = { roles: ['operator'], live: true };

/** Errors: NOT_AUTHENTICATED when nobody is signed in, NOT_ALLOWED when the actor has no listed role. */
export function authorize(access: Access, actor: Actor): void {
  if (access === 'public') return;
  if (actor.kind === 'anonymous') throw serviceErrors.error('NOT_AUTHENTICATED');
  if (actor.kind === 'service' && access.services?.includes(actor.id)) return;
  if (actor.kind === 'user' && access.roles?.some((role) => role === '*' || actor.roles.includes(role))) return;
  if (isOperator(actor) && access.roles?.includes('operator')) return;
  throw serviceErrors.error('NOT_ALLOWED');
}
