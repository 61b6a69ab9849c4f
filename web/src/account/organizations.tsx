import { useQueryClient } from '@tanstack/react-query';
import { server } from '../api/client.ts';
import type { Answer } from '../api/shapes.ts';
import { Button } from '../design/button.tsx';
import { Form, Refusal, TextField } from '../design/fields.tsx';
import { Notice } from '../design/notice.tsx';
import { Page, Section } from '../design/page.tsx';
import { QueryView } from '../design/query-view.tsx';
import { Status, words } from '../design/status.tsx';
import { useToast } from '../design/toasts.tsx';
import { Members } from './members.tsx';

export type Organization = Answer<'/api/organizations/my'>[number];

/** The organizations I belong to with their members; an invitation that brought me here is accepted on a click. */
export function Organizations({ invitation }: { invitation?: string | undefined }) {
  const organizations = server.useQuery('get', '/api/organizations/my');
  return (
    <Page title="Organizations" summary="Colleagues who act for the same company, and what each may do.">
      {invitation && <Invitation token={invitation} />}
      <QueryView query={organizations}>
        {(all) => all.map((each) => <OneOrganization key={each.organizationId} organization={each} />)}
      </QueryView>
      <Found />
    </Page>
  );
}

function Invitation({ token }: { token: string }) {
  const queries = useQueryClient();
  const toast = useToast();
  const accept = server.useMutation('post', '/api/organizations/invitations/accept', {
    onSuccess: async () => {
      toast('You belong to the organization now.');
      await queries.invalidateQueries();
    },
  });
  if (accept.isSuccess) return null;
  return (
    <>
      <Notice
        tone="amber"
        title="You are invited to an organization"
        action={
          <Button variant="primary" busy={accept.isPending} onClick={() => accept.mutate({ body: { token } })}>
            Accept the invitation
          </Button>
        }
      >
        Its members see that you belong to it.
      </Notice>
      {accept.isError && <Refusal problem={accept.failureReason} />}
    </>
  );
}

function OneOrganization({ organization }: { organization: Organization }) {
  const { name, role } = organization;
  return (
    <Section title={name} actions={<Status>{words(role)}</Status>}>
      <Members organization={organization} />
    </Section>
  );
}

function Found() {
  const queries = useQueryClient();
  const toast = useToast();
  const found = server.useMutation('post', '/api/organizations', {
    onSuccess: async ({ name }) => {
      toast(`${name} is founded. You own it.`);
      await queries.invalidateQueries();
    },
  });
  return (
    <Section title="Found an organization">
      <Form
        key={found.submittedAt}
        problem={found.error}
        onSubmit={(data) => found.mutate({ body: { name: String(data.get('name')) } })}
        className="max-w-xl"
      >
        <TextField
          name="name"
          label="Name"
          required
          maxLength={200}
          hint="You own it and can invite others by e-mail."
        />
        <div>
          <Button type="submit" busy={found.isPending}>
            Found it
          </Button>
        </div>
      </Form>
    </Section>
  );
}
