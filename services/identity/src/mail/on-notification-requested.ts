import { events } from '@clearlot/proto/events';
import { type Reaction, reaction, type Vault } from '@clearlot/service';
import type { Ports } from '../ports.ts';
import { planMail } from './store.ts';
import { renderLetter } from './templates/templates.ts';

/**
 * Plans the mail of a notification, once per notification. One that no template can render fails here and ends in the
 * dead letters, where an operator sees it, rather than in the sender.
 */
export function onNotificationRequested(vault: Vault): Reaction<Ports>[] {
  return Object.entries(events.notification).map(([area, type]) =>
    reaction<typeof type extends { codec: { decode(input: Uint8Array): infer T } } ? T : never, Ports>({
      name: `on-${area}-notification-requested`,
      type,
      async handle(tx, event) {
        const { notificationId, userId, template, data } = event;
        renderLetter(template, data, { fullName: '', publicUrl: '' });
        await planMail(tx, vault, { notificationId, template, data, userId, now: tx.now });
      },
    }),
  );
}
