import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { server } from '../api/client.ts';
import { isAboutFields } from '../api/problem.ts';
import { Button } from '../design/button.tsx';
import { Confirm } from '../design/dialog.tsx';
import { CheckField, Form, TextField } from '../design/fields.tsx';
import { Section } from '../design/page.tsx';
import { useToast } from '../design/toasts.tsx';
import { formatMoney } from '../money/format.ts';
import { useMe } from '../session/session.ts';
import type { Details } from './document-words.ts';

/** Signing: the name as it is printed in the agreement, typed by whoever signs, and what it means in one sentence. */
export function SignAgreement({
  document,
  agreement,
}: {
  document: Details;
  agreement: NonNullable<Details['agreement']>;
}) {
  const me = useMe();
  const queries = useQueryClient();
  const toast = useToast();
  const [fullName, setFullName] = useState<string>();
  const sign = server.useMutation('post', '/api/documents/{id}/sign', {
    onSuccess: async ({ complete }) => {
      setFullName(undefined);
      await queries.invalidateQueries();
      toast(complete ? 'Signed. Both sides have signed now.' : 'Signed. The other side signs next.');
    },
    onError: (error) => {
      if (isAboutFields(error)) setFullName(undefined);
    },
  });
  const isSeller = agreement.seller.userId === me.id;
  const { name } = isSeller ? agreement.seller : agreement.buyer;
  const amount = formatMoney(agreement.amount, agreement.currency);
  const what = isSeller
    ? `you sell to ${agreement.buyer.name} for ${amount}`
    : `you buy from ${agreement.seller.name} for ${amount}`;
  return (
    <Section title="Sign">
      <Form
        problem={fullName === undefined ? sign.error : undefined}
        onSubmit={(data) => {
          sign.reset();
          setFullName(String(data.get('fullName') ?? '').trim());
        }}
      >
        <p>By signing {what}. Nothing is paid by this: the money moves when everybody has signed.</p>
        <TextField
          name="fullName"
          label="Your full name"
          autoComplete="name"
          required
          hint={
            <>
              Exactly as in the agreement: <b className="text-ink">{name}</b>
            </>
          }
        />
        <CheckField
          name="consent"
          required
          label="I have read this agreement. I agree to sign it electronically, and my typed name is my signature and binds me as a handwritten one would."
        />
        <div>
          <Button type="submit" variant="primary">
            Sign
          </Button>
        </div>
      </Form>
      <Confirm
        open={fullName !== undefined}
        onClose={() => {
          sign.reset();
          setFullName(undefined);
        }}
        onConfirm={() =>
          sign.mutate({
            params: { path: { id: document.documentId } },
            body: { fullName: fullName ?? '', consent: true },
          })
        }
        title="Sign this agreement"
        action="Sign it"
        busy={sign.isPending}
        problem={sign.error}
      >
        <p>
          You sign “{document.title}” as <b>{fullName}</b>: {what}.{' '}
          {document.signatures.length > 0
            ? 'The other side has signed, so it binds you both at once.'
            : 'It binds you both once the other side has signed as well.'}{' '}
          A signature cannot be taken back.
        </p>
      </Confirm>
    </Section>
  );
}
