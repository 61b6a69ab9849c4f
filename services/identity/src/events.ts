import type { Vault } from '@clearlot/service';
import { onNotificationRequested } from './mail/on-notification-requested.ts';

/** What identity reacts to: every area's wish to tell a person something. */
export const identityReactions = (vault: Vault) => onNotificationRequested(vault);
