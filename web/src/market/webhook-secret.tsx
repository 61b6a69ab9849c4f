import { server } from '../api/client.ts';
import { Button } from '../design/button.tsx';
import { QueryView } from '../design/query-view.tsx';
import { useToast } from '../design/toasts.tsx';

/** What webhooks are signed with; asked for only when it is opened, and kept nowhere. */
export function WebhookSecret({ alertId }: { alertId: string }) {
  const toast = useToast();
  const secret = server.useQuery(
    'get',
    '/api/alerts/{id}/webhook-secret',
    { params: { path: { id: alertId } } },
    { gcTime: 0, staleTime: 0 },
  );
  return (
    <div className="grid gap-4">
      <p>
        Each webhook of this alert is signed with this secret, by HMAC-SHA-256. Whoever has it can make messages that
        seem to be ours: keep it where your receiver keeps its passwords.
      </p>
      <QueryView query={secret} rows={1}>
        {(answer) => (
          <div className="flex flex-wrap items-center gap-3">
            <code className="min-w-0 flex-1 rounded bg-sunken px-3 py-2 text-sm break-all">{answer.secret}</code>
            <Button
              onClick={() =>
                void navigator.clipboard.writeText(answer.secret).then(() => toast('The secret is copied.'))
              }
            >
              Copy
            </Button>
          </div>
        )}
      </QueryView>
    </div>
  );
}
