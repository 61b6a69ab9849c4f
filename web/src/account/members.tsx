import { useState } from 'react';
import { server } from '../api/client.ts';
import type { Answer, Body } from '../api/shapes.ts';
import { Button } from '../design/button.tsx';
import { Confirm } from '../design/dialog.tsx';
import { Form, Refusal, SelectField, TextField } from '../design/fields.tsx';
import { QueryView } from '../design/query-view.tsx';
import { words } from '../design/status.tsx';
import { useToast } from '../design/toasts.tsx';
import { useMe } from '../session/session.ts';
import type { Organization } from './organizations.tsx';

type Member = Answer<'/api/organizations/{id}/members'>[number];
type Role = Body<'/api/organizations/{id}/invitations'>['role'];

const roles = ['owner', 'admin', 'member'] as const;
const choices = roles.map((value) => ({ value, label: words(value) }));

/** Who belongs to an organization; whoever runs it can invite, change roles and let people go. */
export function Members({ organization: { organizationId, role } }: { organization: Organization }) {
  const path = { id: organizationId };
  const members = server.useQuery('get', '/api/organizations/{id}/members', { params: { path } });
  const refresh = () => void members.refetch();
  return (
    <div className="grid gap-6">
      <QueryView query={members}>
        {(all) => (
          <ul className="grid gap-3">
            {all.map((member) => (
              <OneMember
                key={member.userId}
                member={member}
                organizationId={organizationId}
                canManage={role !== 'member'}
                onChange={refresh}
              />
            ))}
          </ul>
        )}
      </QueryView>
      {role !== 'member' && <Invite organizationId={organizationId} />}
    </div>
  );
}

function OneMember({
  member,
  organizationId,
  canManage,
  onChange,
}: {
  member: Member;
  organizationId: string;
  canManage: boolean;
  onChange(): void;
}) {
  const me = useMe();
  const toast = useToast();
  const [isLeaving, setLeaving] = useState(false);
  const path = { id: organizationId, userId: member.userId };
  const change = server.useMutation('put', '/api/organizations/{id}/members/{userId}', { onSuccess: onChange });
  const remove = server.useMutation('delete', '/api/organizations/{id}/members/{userId}', {
    onSuccess: () => {
      setLeaving(false);
      toast(isMe ? 'You left the organization.' : `${member.fullName} belongs to it no more.`);
      onChange();
    },
  });
  const isMe = member.userId === me.id;
  return (
    <li className="flex flex-wrap items-center gap-3">
      <div className="min-w-0 flex-1">
        <p>
          {member.fullName}
          {isMe && ' (you)'}
        </p>
        <p className="text-xs text-muted">{member.email}</p>
        {change.isError && <Refusal problem={change.failureReason} />}
      </div>
      {canManage ? (
        <select
          aria-label={`Role of ${member.fullName}`}
          value={member.role}
          disabled={change.isPending}
          onChange={(event) => change.mutate({ params: { path }, body: { role: event.currentTarget.value as Role } })}
          className="min-h-8 rounded-md border border-line-strong bg-surface px-2 text-sm"
        >
          {choices.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      ) : (
        <span className="text-muted">{words(member.role)}</span>
      )}
      {(canManage || isMe) && (
        <Button size="sm" variant="danger" onClick={() => setLeaving(true)}>
          {isMe ? 'Leave' : 'Remove'}
        </Button>
      )}
      <Confirm
        open={isLeaving}
        onClose={() => setLeaving(false)}
        onConfirm={() => remove.mutate({ params: { path } })}
        title={isMe ? 'Leave the organization?' : `Remove ${member.fullName}?`}
        action={isMe ? 'Leave' : 'Remove'}
        danger
        busy={remove.isPending}
        problem={remove.error}
      >
        <p>
          {isMe ? 'You' : member.fullName} can come back only by a new invitation. Deals, orders and documents stay as
          they are.
        </p>
      </Confirm>
    </li>
  );
}

function Invite({ organizationId }: { organizationId: string }) {
  const toast = useToast();
  const invite = server.useMutation('post', '/api/organizations/{id}/invitations', {
    onSuccess: () => toast('The invitation is sent. Its link works once, for a week.'),
  });
  const submit = (data: FormData) =>
    invite.mutate({
      params: { path: { id: organizationId } },
      body: { email: String(data.get('email')), role: String(data.get('role')) as Role },
    });
  return (
    <Form
      key={invite.isSuccess ? invite.submittedAt : 0}
      problem={invite.error}
      onSubmit={submit}
      className="max-w-xl sm:grid-cols-[1fr_auto_auto] sm:items-start"
    >
      <TextField name="email" label="Invite by e-mail" type="email" required />
      <SelectField name="role" label="As" choices={choices} defaultValue="member" />
      <Button type="submit" busy={invite.isPending} className="sm:mt-6">
        Invite
      </Button>
    </Form>
  );
}
