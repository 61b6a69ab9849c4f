import { server } from '../api/client.ts';
import { Button } from '../design/button.tsx';
import { Refusal } from '../design/fields.tsx';
import { Instant } from '../design/figures.tsx';
import { Notice } from '../design/notice.tsx';
import { useToast } from '../design/toasts.tsx';
import { type MyCompany, missingParts } from './application-state.ts';
import { useRefreshCompany } from './company-form.tsx';

/** Where the application stands and what is next: what is missing, handing it in, or what the operator said. */
export function SubmitApplication({ company }: { company: MyCompany }) {
  const refresh = useRefreshCompany();
  const toast = useToast();
  const submit = server.useMutation('post', '/api/suppliers/my/submit', {
    onSuccess: async () => {
      toast('Your application is with an operator.');
      await refresh();
    },
  });
  const refused: unknown = submit.error;
  const { status, notes } = company;
  if (status === 'verified') return null;
  if (status === 'suspended') {
    return (
      <Notice tone="red" title="You are suspended from the market">
        {notes && `An operator said: “${notes}” `}Buyers do not find you and your products now. Orders go on.
      </Notice>
    );
  }
  if (status === 'submitted') {
    return (
      <Notice tone="blue" title="An operator reviews your application">
        You handed it in <Instant at={company.submittedAt} />. You get an e-mail with the answer; papers may still be
        added.
      </Notice>
    );
  }
  const missing = missingParts(company);
  return (
    <div className="grid gap-3">
      <Notice
        tone="amber"
        title={
          status === 'rejected' ? 'Your application was not accepted' : `${company.onboarding.completePercent} % done`
        }
        action={
          <Button
            variant="primary"
            disabled={missing.length > 0}
            busy={submit.isPending}
            onClick={() => submit.mutate({})}
          >
            {status === 'rejected' ? 'Hand it in again' : 'Hand it in'}
          </Button>
        }
      >
        {notes && <p>An operator said: “{notes}”</p>}
        {missing.length > 0
          ? `Still missing: ${missing.join(', ').toLowerCase()}.`
          : 'Everything is there. Name and country cannot change once it is handed in.'}
      </Notice>
      {refused ? <Refusal problem={refused} /> : null}
    </div>
  );
}
