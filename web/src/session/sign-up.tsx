import { useMutation } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { api } from '../api/client.ts';
import { Button } from '../design/button.tsx';
import { CheckField, Form, TextField } from '../design/fields.tsx';
import { Door } from './door.tsx';
import { startSession } from './session.ts';

const roles = [
  { value: 'seller', label: 'Seller', hint: 'I hold shares of a private company and want to sell some.' },
  { value: 'buyer', label: 'Buyer', hint: 'I buy shares as an accredited investor, or lithium for my company.' },
  { value: 'supplier', label: 'Supplier', hint: 'My company sells lithium products.' },
] as const;

/** Opens an account in a role, signs in and goes to the role's first step. */
export function SignUp() {
  const navigate = useNavigate();
  const register = useMutation({
    mutationFn: async (data: FormData) => {
      const text = (name: string) => String(data.get(name) ?? '');
      const [email, password] = [text('email'), text('password')];
      const role = text('role') as (typeof roles)[number]['value'];
      await api.POST('/api/auth/register', {
        body: { email, password, role, fullName: text('fullName'), acceptTerms: true },
      });
      await startSession({ email, password });
      await navigate({ to: '/dashboard' });
    },
  });
  return (
    <Door
      title="Open an account"
      below={
        <>
          You have one?{' '}
          <Link to="/login" className="font-medium text-accent underline">
            Sign in
          </Link>
        </>
      }
    >
      <Form problem={register.error} onSubmit={register.mutate}>
        <fieldset className="grid gap-2">
          <legend className="mb-1 text-sm font-medium">What brings you here?</legend>
          {roles.map(({ value, label, hint }, index) => (
            <label
              key={value}
              className="flex items-start gap-3 rounded-md border border-line px-3 py-2.5 has-checked:border-accent has-checked:bg-accent-soft"
            >
              <input
                type="radio"
                name="role"
                value={value}
                defaultChecked={index === 0}
                className="mt-1 accent-(--accent)"
              />
              <span>
                <span className="block font-medium">{label}</span>
                <span className="text-sm text-muted">{hint}</span>
              </span>
            </label>
          ))}
        </fieldset>
        <TextField
          name="fullName"
          label="Full name"
          hint="As it stands in your passport: agreements carry it."
          autoComplete="name"
          required
          maxLength={200}
        />
        <TextField name="email" label="E-mail" type="email" autoComplete="username" required />
        <TextField
          name="password"
          label="Password"
          type="password"
          hint="At least 12 characters."
          autoComplete="new-password"
          required
          minLength={12}
        />
        <CheckField name="acceptTerms" label="I accept the terms of Clearlot." required />
        <Button type="submit" variant="primary" busy={register.isPending}>
          Open the account
        </Button>
      </Form>
    </Door>
  );
}
