import { useState } from 'react';
import { server } from '../api/client.ts';
import { Button } from '../design/button.tsx';
import { type Column, DataTable } from '../design/data-table.tsx';
import { Confirm, Dialog } from '../design/dialog.tsx';
import { Instant } from '../design/figures.tsx';
import { Section } from '../design/page.tsx';
import { Empty, QueryView } from '../design/query-view.tsx';
import { Status } from '../design/status.tsx';
import { useToast } from '../design/toasts.tsx';
import { AlertForm } from './alert-form.tsx';
import { type Alert, alertSentence, channelWords, restated } from './alert-words.ts';
import { Firings } from './firings.tsx';
import { useInstruments } from './instruments.ts';
import { MarketPage } from './market-page.tsx';
import { useMarketSearch } from './market-search.ts';
import { useRefreshAlerts } from './refresh-alerts.ts';
import { WebhookSecret } from './webhook-secret.tsx';

const pollMs = 10_000;

/** What to be told about prices, and what was told. */
export function Alerts() {
  const { search, set } = useMarketSearch();
  const isNew = search.for !== undefined;
  return (
    <MarketPage
      title="Price alerts"
      summary="You are told once when a price goes beyond your limit, and again only after it was back. Figures that are simulated ring alerts too, and say so."
      actions={
        <Button variant="primary" onClick={() => set({ for: 'any' })}>
          New alert
        </Button>
      }
    >
      <YourAlerts />
      <Firings />
      <Dialog side open={isNew} onClose={() => set({ for: undefined })} title="New alert">
        <AlertForm
          instrumentId={search.for === 'any' ? undefined : search.for}
          onDone={() => set({ for: undefined })}
        />
      </Dialog>
    </MarketPage>
  );
}

/** The names of what alerts watch. */
function useSentences(): (alert: Alert) => string {
  const instruments = useInstruments();
  const routes = server.useQuery('get', '/api/market/arbitrage/opportunities', {}, { staleTime: 60_000 });
  return (alert) => {
    const of = (id: string | null) => instruments.data?.find(({ instrumentId }) => instrumentId === id);
    return alertSentence(alert, {
      of: of(alert.instrumentId),
      other: of(alert.otherInstrumentId)?.name,
      route: routes.data?.items.find(({ route }) => route.routeId === alert.routeId)?.route.name,
    });
  };
}

function YourAlerts() {
  const alerts = server.useQuery(
    'get',
    '/api/alerts',
    { params: { query: { limit: 200 } } },
    { refetchInterval: pollMs },
  );
  const sentence = useSentences();
  const { set } = useMarketSearch();
  const columns: readonly Column<Alert>[] = [
    {
      id: 'name',
      header: 'Alert',
      sortBy: ({ name }) => name,
      cell: (alert) => (
        <div className="min-w-48">
          <p className="font-medium">{alert.name}</p>
          <p className="text-muted">{sentence(alert)}</p>
        </div>
      ),
    },
    { id: 'state', header: 'State', cell: (alert) => <State alert={alert} /> },
    {
      id: 'channels',
      header: 'Tells you',
      wideOnly: true,
      cell: ({ channels }) => channels.map((each) => channelWords[each]).join(', '),
    },
    {
      id: 'fired',
      header: 'Last told',
      wideOnly: true,
      sortBy: ({ lastFiredAt }) => lastFiredAt,
      cell: ({ lastFiredAt }) => <Instant at={lastFiredAt} />,
    },
    { id: 'actions', header: 'Change', cell: (alert) => <Actions alert={alert} sentence={sentence(alert)} /> },
  ];
  return (
    <Section title="Your alerts" plain>
      <QueryView query={alerts}>
        {({ items }) => (
          <DataTable
            label="Your alerts"
            columns={columns}
            rows={items}
            rowKey={({ alertId }) => alertId}
            empty={
              <Empty
                title="You have no alert yet"
                action={<Button onClick={() => set({ for: 'any' })}>Make the first one</Button>}
              >
                For example: carbonate above a price you would sell at, or a move of more than 5 % in a day.
              </Empty>
            }
          />
        )}
      </QueryView>
    </Section>
  );
}

function State({ alert: { enabled, phase } }: { alert: Alert }) {
  if (!enabled) return <Status>Paused</Status>;
  return phase === 'armed' ? <Status tone="green">Watching</Status> : <Status tone="blue">Told, waiting</Status>;
}

function Actions({ alert, sentence }: { alert: Alert; sentence: string }) {
  const [open, setOpen] = useState<'edit' | 'delete' | 'secret'>();
  const refresh = useRefreshAlerts();
  const toast = useToast();
  const change = server.useMutation('put', '/api/alerts/{id}', { onSuccess: refresh });
  const remove = server.useMutation('delete', '/api/alerts/{id}', {
    onSuccess: () => {
      setOpen(undefined);
      toast(`“${alert.name}” is removed.`);
      return refresh();
    },
  });
  const params = { path: { id: alert.alertId } };
  const setEnabled = (enabled: boolean) => change.mutateAsync({ params, body: restated(alert, { enabled }) });
  const toggle = async () => {
    const before = alert.enabled;
    await setEnabled(!before);
    toast(before ? `“${alert.name}” is paused.` : `“${alert.name}” watches again.`, () => void setEnabled(before));
  };
  return (
    <div className="flex flex-wrap gap-1.5 lg:flex-nowrap">
      <Button size="sm" aria-label={`Edit ${alert.name}`} onClick={() => setOpen('edit')}>
        Edit
      </Button>
      <Button
        size="sm"
        busy={change.isPending}
        aria-label={`${alert.enabled ? 'Pause' : 'Resume'} ${alert.name}`}
        onClick={() => void toggle().catch(() => toast('It could not be changed. Nothing was changed.'))}
      >
        {alert.enabled ? 'Pause' : 'Resume'}
      </Button>
      {alert.channels.includes('webhook') && (
        <Button size="sm" aria-label={`Webhook secret of ${alert.name}`} onClick={() => setOpen('secret')}>
          Secret
        </Button>
      )}
      <Button size="sm" variant="danger" aria-label={`Delete ${alert.name}`} onClick={() => setOpen('delete')}>
        Delete
      </Button>
      <Dialog side open={open === 'edit'} onClose={() => setOpen(undefined)} title={`Edit “${alert.name}”`}>
        <AlertForm alert={alert} onDone={() => setOpen(undefined)} />
      </Dialog>
      <Dialog open={open === 'secret'} onClose={() => setOpen(undefined)} title="Webhook secret">
        <WebhookSecret alertId={alert.alertId} />
      </Dialog>
      <Confirm
        open={open === 'delete'}
        onClose={() => setOpen(undefined)}
        onConfirm={() => remove.mutate({ params })}
        title={`Delete “${alert.name}”?`}
        action="Delete the alert"
        danger
        busy={remove.isPending}
        problem={remove.error}
      >
        <p>You are no longer told when: {sentence} What it has told you stays. This cannot be undone.</p>
      </Confirm>
    </div>
  );
}
