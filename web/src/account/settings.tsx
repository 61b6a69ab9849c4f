import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, server } from '../api/client.ts';
import type { Answer } from '../api/shapes.ts';
import { Button } from '../design/button.tsx';
import { Form, TextField } from '../design/fields.tsx';
import { Instant } from '../design/figures.tsx';
import { Page, Section } from '../design/page.tsx';
import { QueryView } from '../design/query-view.tsx';
import { Status } from '../design/status.tsx';
import { useToast } from '../design/toasts.tsx';
import { useMe } from '../session/session.ts';

const fields = [
  ['fullName', 'Full name', 'name'],
  ['company', 'Company', 'organization'],
  ['phone', 'Phone', 'tel'],
  ['addressLine', 'Street and number', 'street-address'],
  ['postalCode', 'Postal code', 'postal-code'],
  ['city', 'City', 'address-level2'],
  ['region', 'Region', 'address-level1'],
  ['country', 'Country', 'country-name'],
  ['taxCountry', 'Country you pay taxes in', 'off'],
] as const;

/** What the platform knows of me and where I am signed in. */
export function Settings() {
  return (
    <Page title="Profile and sessions">
      <Profile />
      <Sessions />
      <Section title="Your data">
        <p className="mb-3 text-muted">Everything that is held about you, as one JSON file.</p>
        <a className="font-medium text-accent underline" href="/api/profile/me/export" download="clearlot-my-data.json">
          Download your data
        </a>
      </Section>
    </Page>
  );
}

function Profile() {
  const me = useMe();
  const queries = useQueryClient();
  const toast = useToast();
  const save = server.useMutation('put', '/api/profile/me', {
    onSuccess: (profile) => {
      queries.setQueryData(server.queryOptions('get', '/api/profile/me', {}).queryKey, profile);
      toast('Your profile is saved.');
    },
  });
  const submit = (data: FormData) => {
    const body = Object.fromEntries(
      fields.map(([name]) => [name, String(data.get(name) ?? '').trim() || (name === 'fullName' ? undefined : null)]),
    );
    save.mutate({ body });
  };
  return (
    <Section title="Profile">
      <Form problem={save.error} onSubmit={submit} className="sm:grid-cols-2">
        {fields.map(([name, label, autoComplete]) => (
          <TextField
            key={name}
            name={name}
            label={label}
            autoComplete={autoComplete}
            defaultValue={me[name] ?? ''}
            required={name === 'fullName'}
          />
        ))}
        <div className="sm:col-span-2">
          <Button type="submit" variant="primary" busy={save.isPending}>
            Save
          </Button>
        </div>
      </Form>
    </Section>
  );
}

function Sessions() {
  const sessions = server.useQuery('get', '/api/auth/sessions');
  return (
    <Section title="Where you are signed in">
      <QueryView query={sessions}>
        {(list) => (
          <ul className="grid gap-3">
            {list.map((session) => (
              <SessionRow key={session.id} session={session} onEnded={() => void sessions.refetch()} />
            ))}
          </ul>
        )}
      </QueryView>
    </Section>
  );
}

function SessionRow({ session, onEnded }: { session: Answer<'/api/auth/sessions'>[number]; onEnded(): void }) {
  const toast = useToast();
  const end = useMutation({
    mutationFn: () => api.DELETE('/api/auth/sessions/{id}', { params: { path: { id: session.id } } }),
    onSuccess: () => {
      toast('That session is ended.');
      onEnded();
    },
  });
  return (
    <li className="flex flex-wrap items-center justify-between gap-3">
      <div>
        <p className="flex flex-wrap items-center gap-2">
          {session.userAgent ?? 'Unknown device'}
          {session.current && <Status tone="green">This one</Status>}
        </p>
        <p className="text-xs text-muted">
          {session.ip} · last seen <Instant at={session.lastSeenAt} />
        </p>
      </div>
      {!session.current && (
        <Button size="sm" busy={end.isPending} onClick={() => end.mutate()}>
          End it
        </Button>
      )}
    </li>
  );
}
