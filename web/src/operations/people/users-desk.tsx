import { keepPreviousData } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { api, server } from '../../api/client.ts';
import { type Column, DataTable } from '../../design/data-table.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { Instant } from '../../design/figures.tsx';
import { ClearFilters, CursorPages, SelectFilter, TextFilter } from '../../design/filters.tsx';
import { Facts, Page } from '../../design/page.tsx';
import { Empty, QueryView } from '../../design/query-view.tsx';
import { Status, words } from '../../design/status.tsx';
import { useMe } from '../../session/session.ts';
import { Act } from '../act.tsx';
import { RowLink, useOpenRow } from '../open-row.tsx';
import type { User } from './directory.ts';

const roles = ['seller', 'buyer', 'supplier', 'operator'] as const;

const columns: readonly Column<User>[] = [
  {
    id: 'name',
    header: 'Name',
    sortBy: ({ fullName }) => fullName,
    cell: ({ id, fullName, email }) => (
      <>
        <RowLink id={id}>{fullName}</RowLink>
        <span className="block text-xs break-all text-muted">{email}</span>
      </>
    ),
  },
  { id: 'role', header: 'Role', sortBy: ({ role }) => role, cell: ({ role }) => words(role) },
  { id: 'company', header: 'Company', wideOnly: true, cell: ({ company }) => company ?? '–' },
  {
    id: 'at',
    header: 'Since',
    sortBy: ({ createdAt }) => createdAt,
    cell: ({ createdAt }) => <Instant at={createdAt} dateOnly />,
  },
  { id: 'state', header: 'State', cell: ({ status }) => <AccountStatus status={status} /> },
];

function AccountStatus({ status }: { status: string }) {
  return <Status tone={status === 'active' ? 'green' : 'red'}>{words(status)}</Status>;
}

/** Everybody with an account. */
export function UsersDesk() {
  const { q, role, cursor } = useSearch({ from: '/_app/admin/users' });
  const users = server.useQuery(
    'get',
    '/api/admin/users',
    { params: { query: { q, role: role as (typeof roles)[number] | undefined, cursor, limit: 100 } } },
    { placeholderData: keepPreviousData },
  );
  return (
    <Page
      title="People"
      wide
      summary="Addresses are kept encrypted, so somebody is found by their whole e-mail address."
    >
      <QueryView query={users}>
        {({ items, nextCursor }) => (
          <>
            <DataTable
              label="People"
              columns={columns}
              rows={items}
              rowKey={({ id }) => id}
              toolbar={
                <>
                  <TextFilter name="q" label="Whole e-mail address" />
                  <SelectFilter
                    name="role"
                    label="Role"
                    any="Any role"
                    choices={roles.map((value) => ({ value, label: words(value) }))}
                  />
                  <ClearFilters />
                </>
              }
              empty={<Empty title="Nobody matches">Enter the address exactly as they registered with it.</Empty>}
              footer={<CursorPages nextCursor={nextCursor} />}
            />
            <UserPanel users={items} />
          </>
        )}
      </QueryView>
    </Page>
  );
}

function UserPanel({ users }: { users: readonly User[] }) {
  const { row, close } = useOpenRow(users, ({ id }) => id);
  if (!row) return null;
  const address = [row.addressLine, row.postalCode, row.city, row.region, row.country].filter(Boolean).join(', ');
  return (
    <Dialog open onClose={close} title={row.fullName} side>
      <div className="grid gap-5">
        <div className="flex flex-wrap items-center gap-3">
          <AccountStatus status={row.status} />
          <span className="text-muted">{words(row.role)}</span>
        </div>
        <Facts
          facts={[
            ['E-mail', row.email],
            ['Company', row.company ?? '–'],
            ['Phone', row.phone ?? '–'],
            ['Address', address || '–'],
            ['Pays taxes in', row.taxCountry ?? '–'],
            ['Account since', <Instant key="since" at={row.createdAt} />],
          ]}
        />
        <div className="flex flex-wrap items-center gap-x-5 gap-y-3">
          <Standing user={row} />
          <Link to="/admin/audit" search={{ actor: row.id }} className="text-accent underline">
            What they did
          </Link>
          <Link to="/admin/audit" search={{ entityType: 'user', entityId: row.id }} className="text-accent underline">
            What happened to this account
          </Link>
        </div>
      </div>
    </Dialog>
  );
}

function Standing({ user: { id, fullName, status } }: { user: User }) {
  const me = useMe();
  if (me.id === id) return <p className="text-muted">This is you. Another operator can suspend this account.</p>;
  const change = (to: 'active' | 'suspended') => () =>
    api.PUT('/api/admin/users/{id}', { params: { path: { id } }, body: { status: to } });
  return status === 'active' ? (
    <Act
      label="Suspend"
      variant="danger"
      title={`Suspend ${fullName}?`}
      action="Suspend"
      done={`${fullName} is suspended.`}
      run={change('suspended')}
    >
      <p>
        {fullName} is signed out everywhere at once and cannot sign in. Their commitments cannot be approved, and money
        of a deal they buy in is not released, until they are reinstated.
      </p>
    </Act>
  ) : (
    <Act
      label="Reinstate"
      variant="primary"
      title={`Reinstate ${fullName}?`}
      action="Reinstate"
      done={`${fullName} can sign in again.`}
      run={change('active')}
    >
      <p>{fullName} can sign in again and go on where they were.</p>
    </Act>
  );
}
