import { useState } from 'react';
import { server } from '../api/client.ts';
import type { Body } from '../api/shapes.ts';
import { Button } from '../design/button.tsx';
import { CheckField, Form, SelectField, TextField } from '../design/fields.tsx';
import { QueryView } from '../design/query-view.tsx';
import { useToast } from '../design/toasts.tsx';
import { type Alert, type AlertKind, alertKinds, channelWords } from './alert-words.ts';
import { type Instrument, per } from './basis.ts';
import { instrumentChoices, useInstruments } from './instruments.ts';
import { useRefreshAlerts } from './refresh-alerts.ts';

const decimal = '-?\\d{1,9}(\\.\\d{1,6})?';

/** States the rule of a new alert, or that of one anew; what it watches stays the same. */
export function AlertForm({ alert, instrumentId, onDone }: { alert?: Alert; instrumentId?: string; onDone(): void }) {
  const instruments = useInstruments();
  return (
    <QueryView query={instruments}>
      {(list) => <Fields alert={alert} instrumentId={instrumentId} instruments={list} onDone={onDone} />}
    </QueryView>
  );
}

function Fields({
  alert,
  instrumentId,
  instruments,
  onDone,
}: {
  alert: Alert | undefined;
  instrumentId: string | undefined;
  instruments: readonly Instrument[];
  onDone(): void;
}) {
  const [kind, setKind] = useState<AlertKind>(alert?.kind ?? 'threshold');
  const [watched, setWatched] = useState(alert?.instrumentId ?? instrumentId ?? '');
  const [byWebhook, setByWebhook] = useState(alert?.channels.includes('webhook') ?? false);
  const routes = server.useQuery('get', '/api/market/arbitrage/opportunities', {}, { staleTime: 60_000 });
  const refresh = useRefreshAlerts();
  const toast = useToast();
  const done = (title: string) => {
    toast(title);
    onDone();
    return refresh();
  };
  const create = server.useMutation('post', '/api/alerts', { onSuccess: ({ name }) => done(`“${name}” watches now.`) });
  const change = server.useMutation('put', '/api/alerts/{id}', {
    onSuccess: ({ name }) => done(`“${name}” is saved.`),
  });
  const of = instruments.find((each) => each.instrumentId === watched);
  const unit =
    { percent_move: '%', staleness: 'minutes' }[kind as string] ?? (of ? per(of) : 'in its currency and unit');
  const submit = (data: FormData) => {
    const text = (name: string) => String(data.get(name) ?? '').trim();
    const rule = {
      name: text('name'),
      direction: (text('direction') || 'above') as Alert['direction'],
      limit: text('limit'),
      band: text('band') || '0',
      cooldownMinutes: Number(text('cooldownMinutes') || 0),
      channels: (Object.keys(channelWords) as Alert['channels']).filter((each) => data.get(`channel-${each}`) === 'on'),
      webhookUrl: text('webhookUrl') || null,
      enabled: alert?.enabled ?? true,
      ...(kind === 'percent_move' ? { windowHours: Number(text('windowHours')) } : {}),
    };
    if (alert) {
      change.mutate({ params: { path: { id: alert.alertId } }, body: rule });
      return;
    }
    const watches = {
      instrumentId: text('instrumentId'),
      ...(kind === 'spread' ? { otherInstrumentId: text('otherInstrumentId') } : {}),
    };
    const body = { ...rule, kind, ...(kind === 'arbitrage' ? { routeId: text('routeId') } : watches) };
    create.mutate({ body: body as Body<'/api/alerts'> });
  };
  const choices = [{ value: '', label: 'Choose an instrument' }, ...instrumentChoices(instruments)];
  return (
    <Form problem={create.error ?? change.error} onSubmit={submit}>
      <TextField name="name" label="Name" required maxLength={200} defaultValue={alert?.name} autoFocus />
      {!alert && (
        <SelectField
          name="kind"
          label="Tell me about"
          choices={Object.entries(alertKinds).map(([value, label]) => ({ value, label }))}
          value={kind}
          onChange={(event) => setKind(event.currentTarget.value as AlertKind)}
        />
      )}
      {!alert && kind === 'arbitrage' && (
        <SelectField
          name="routeId"
          label="Trade route"
          required
          choices={(routes.data?.items ?? []).map(({ route }) => ({ value: route.routeId, label: route.name }))}
        />
      )}
      {!alert && kind !== 'arbitrage' && (
        <SelectField
          name="instrumentId"
          label="Instrument"
          required
          choices={choices}
          value={watched}
          onChange={(event) => setWatched(event.currentTarget.value)}
        />
      )}
      {!alert && kind === 'spread' && (
        <SelectField
          name="otherInstrumentId"
          label="Less"
          hint="Of the same currency, unit, tax and Incoterm: prices of unlike measures have no difference."
          required
          choices={choices}
          defaultValue=""
        />
      )}
      <div className="grid items-start gap-4 sm:grid-cols-2">
        {kind !== 'staleness' && (
          <SelectField
            name="direction"
            label={kind === 'percent_move' ? 'When it' : 'When it is'}
            choices={
              kind === 'percent_move'
                ? [
                    { value: 'above', label: 'rises by more than' },
                    { value: 'below', label: 'falls by more than' },
                    { value: 'either', label: 'moves either way by more than' },
                  ]
                : [
                    { value: 'above', label: 'above' },
                    { value: 'below', label: 'below' },
                  ]
            }
            defaultValue={alert?.direction ?? 'above'}
          />
        )}
        <TextField
          name="limit"
          label={kind === 'staleness' ? 'Older than, minutes' : `Limit, ${unit}`}
          inputMode="decimal"
          pattern={decimal}
          required
          defaultValue={alert?.limit}
        />
        {kind === 'percent_move' && (
          <TextField
            name="windowHours"
            label="Within, hours"
            type="number"
            min={1}
            max={8784}
            required
            defaultValue={alert?.windowHours ?? 24}
          />
        )}
        {kind !== 'staleness' && (
          <TextField
            name="band"
            label={`Back by, ${unit}`}
            hint="How far it must come back before you are told again."
            inputMode="decimal"
            pattern="\d{1,9}(\.\d{1,6})?"
            defaultValue={alert?.band ?? '0'}
          />
        )}
        <TextField
          name="cooldownMinutes"
          label="At most once in, minutes"
          type="number"
          min={0}
          max={44_640}
          defaultValue={alert?.cooldownMinutes ?? 60}
        />
      </div>
      <fieldset className="grid gap-2">
        <legend className="mb-1 text-sm font-medium">Tell me</legend>
        <CheckField name="channel-in_app" label="Here" defaultChecked={alert?.channels.includes('in_app') ?? true} />
        <CheckField
          name="channel-email"
          label="By e-mail"
          defaultChecked={alert?.channels.includes('email') ?? false}
        />
        <CheckField
          name="channel-webhook"
          label="By webhook"
          checked={byWebhook}
          onChange={(event) => setByWebhook(event.currentTarget.checked)}
        />
      </fieldset>
      {byWebhook && (
        <TextField
          name="webhookUrl"
          label="Where to send it"
          type="url"
          placeholder="https://"
          required
          hint="A public https address. Each message is signed; the secret is shown beside the alert."
          defaultValue={alert?.webhookUrl ?? ''}
        />
      )}
      <div>
        <Button type="submit" variant="primary" busy={create.isPending || change.isPending}>
          {alert ? 'Save' : 'Watch it'}
        </Button>
      </div>
    </Form>
  );
}
