import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, server } from '../../api/client.ts';
import { Button } from '../../design/button.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { Form, SelectField, TextAreaField, TextField } from '../../design/fields.tsx';
import { QueryView } from '../../design/query-view.tsx';
import { useToast } from '../../design/toasts.tsx';
import { instantOf } from '../local-time.ts';
import { useInstruments } from './instrument-names.ts';

/** Enters a figure, or what a recorded one should have been; it counts when another operator approves. */
export function NewEntry() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="sm" variant="primary" onClick={() => setOpen(true)}>
        Enter a figure
      </Button>
      <Dialog open={open} onClose={() => setOpen(false)} title="Enter a figure" side>
        <EntryForm onDone={() => setOpen(false)} />
      </Dialog>
    </>
  );
}

function EntryForm({ onDone }: { onDone(): void }) {
  const [isCorrection, setIsCorrection] = useState(false);
  const [instrumentId, setInstrumentId] = useState('');
  const instruments = useInstruments();
  const sources = server.useQuery('get', '/api/market/sources');
  const queries = useQueryClient();
  const toast = useToast();
  const propose = useMutation({
    mutationFn: async (data: FormData) => {
      const text = (name: string) => String(data.get(name) ?? '').trim();
      const [low, mid, high, reason] = [text('low'), text('mid'), text('high'), text('reason')];
      const figure = { instrumentId, validAt: instantOf(text('validAt')), low, mid, high, reason };
      return isCorrection
        ? api.POST('/api/admin/market/entries/corrections', { body: { ...figure, sourceId: text('sourceId') } })
        : api.POST('/api/admin/market/entries', { body: { ...figure, edition: text('edition') } });
    },
    onSuccess: () => {
      toast('Entered. It counts when another operator approves it.');
      void queries.invalidateQueries();
      onDone();
    },
  });
  return (
    <QueryView query={instruments}>
      {({ items }) => {
        const chosen = items.find((each) => each.instrumentId === instrumentId);
        return (
          <Form problem={propose.error} onSubmit={propose.mutate}>
            <SelectField
              name="purpose"
              label="What it is"
              value={isCorrection ? 'correction' : 'entry'}
              onChange={(event) => setIsCorrection(event.currentTarget.value === 'correction')}
              choices={[
                { value: 'entry', label: 'A new figure of the desk' },
                { value: 'correction', label: 'A correction of a recorded figure' },
              ]}
            />
            <SelectField
              name="instrumentId"
              label="Instrument"
              required
              value={instrumentId}
              onChange={(event) => setInstrumentId(event.currentTarget.value)}
              hint={chosen && `Prices are in ${chosen.currency} per ${chosen.unit}.`}
              choices={[
                { value: '', label: 'Choose what it is a price of' },
                ...items.map((each) => ({ value: each.instrumentId, label: each.name })),
              ]}
            />
            {isCorrection ? (
              <SelectField
                name="sourceId"
                label="Source whose figure was wrong"
                required
                choices={(sources.data?.items ?? []).map(({ sourceId, name }) => ({ value: sourceId, label: name }))}
              />
            ) : (
              <TextField
                name="edition"
                label="Edition"
                hint="What it was read from, such as a broker’s note of a day."
                required
                maxLength={500}
              />
            )}
            <TextField name="validAt" type="datetime-local" label="Valid at" hint="In your own time zone." required />
            <div className="grid gap-4 sm:grid-cols-3">
              {(['low', 'mid', 'high'] as const).map((name) => (
                <TextField
                  key={name}
                  name={name}
                  label={{ low: 'Low', mid: 'Mid', high: 'High' }[name]}
                  inputMode="decimal"
                  pattern="\d+(\.\d{1,6})?"
                  title="Digits with at most six decimals, such as 12.345"
                  className="figures"
                  autoComplete="off"
                  required
                />
              ))}
            </div>
            <TextAreaField
              name="reason"
              label="Reason"
              hint="The operator who approves it reads it, and it is kept with the figure."
              required
              maxLength={2000}
            />
            <div className="flex justify-end gap-2">
              <Button onClick={onDone}>Not now</Button>
              <Button type="submit" variant="primary" busy={propose.isPending}>
                Enter it
              </Button>
            </div>
          </Form>
        );
      }}
    </QueryView>
  );
}
