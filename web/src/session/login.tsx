import { useMutation } from '@tanstack/react-query';
import { Link, useRouter } from '@tanstack/react-router';
import { Button } from '../design/button.tsx';
import { Form, TextField } from '../design/fields.tsx';
import { DemoAccounts } from './demo-accounts.tsx';
import { Door } from './door.tsx';
import { startSession } from './session.ts';

/** Signs in and goes on to where somebody wanted to be; only to pages of ours. */
export function Login({ next }: { next: string | undefined }) {
  const router = useRouter();
  const signIn = useMutation({
    mutationFn: async (body: { email: string; password: string }) => {
      await startSession(body);
      router.history.push(next?.startsWith('/') && !next.startsWith('//') ? next : '/dashboard');
    },
  });
  return (
    <Door
      title="Sign in"
      below={
        <>
          New here?{' '}
          <Link to="/signup" className="font-medium text-accent underline">
            Open an account
          </Link>
        </>
      }
    >
      <Form
        problem={signIn.error}
        onSubmit={(data) => signIn.mutate({ email: String(data.get('email')), password: String(data.get('password')) })}
      >
        <TextField name="email" label="E-mail" type="email" autoComplete="username" required autoFocus />
        <TextField name="password" label="Password" type="password" autoComplete="current-password" required />
        <Button type="submit" variant="primary" busy={signIn.isPending}>
          Sign in
        </Button>
      </Form>
      <DemoAccounts isBusy={signIn.isPending} onChoose={signIn.mutate} />
    </Door>
  );
}
