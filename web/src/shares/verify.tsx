import { Link } from '@tanstack/react-router';
import { server } from '../api/client.ts';
import { type Rung, StateLadder } from '../design/ladder.tsx';
import { Page, Section } from '../design/page.tsx';
import { QueryView } from '../design/query-view.tsx';
import { useMe } from '../session/session.ts';

const needed = ['addressLine', 'postalCode', 'city', 'country', 'taxCountry'] as const;

/** What must be known of a seller before money can be paid out, and how far it is. */
export function Verify() {
  const me = useMe();
  const holdings = server.useQuery('get', '/api/holdings/my', {}, { refetchInterval: 10_000 });
  const isKnown = needed.every((field) => me[field]);
  return (
    <Page title="Getting verified" summary="Three steps, in any order. Each says what is missing.">
      <QueryView query={holdings}>
        {(all) => {
          const proven = all.filter(({ documents }) => documents.length > 0);
          const verified = all.filter(({ status }) => status === 'verified');
          const rungs: Rung[] = [
            {
              label: 'Your address and where you pay taxes',
              state: isKnown ? 'done' : 'current',
              note: isKnown ? null : <To to="/settings">Complete your profile</To>,
            },
            {
              label: 'A holding with its proof',
              state: proven.length > 0 ? 'done' : 'current',
              note: proven.length > 0 ? null : <To to="/onboarding/holdings">Add a holding and its proof</To>,
            },
            {
              label: 'The proof is compared with the register of the company',
              state: verified.length > 0 ? 'done' : proven.length > 0 ? 'blocked' : 'todo',
              actor: verified.length > 0 ? null : 'Clearlot',
            },
          ];
          return (
            <Section title="How far you are">
              <StateLadder label="Getting verified" rungs={rungs} />
            </Section>
          );
        }}
      </QueryView>
    </Page>
  );
}

function To({ to, children }: { to: '/settings' | '/onboarding/holdings'; children: string }) {
  return (
    <Link to={to} className="text-accent underline">
      {children}
    </Link>
  );
}
