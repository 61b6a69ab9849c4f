import { useQuery } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { Button } from '../design/button.tsx';

const accounts = z.array(z.object({ role: z.string(), name: z.string(), email: z.string(), password: z.string() }));

/** Signs in as one of the demonstration's people; only a platform that was started for demonstration has them. */
export function DemoAccounts({
  onChoose,
  isBusy,
}: {
  onChoose(account: { email: string; password: string }): void;
  isBusy: boolean;
}) {
  const { data = [] } = useQuery({
    queryKey: ['demo-accounts'],
    queryFn: async () => {
      const response = await fetch('/demo-accounts.json');
      return response.ok ? accounts.parse(await response.json()) : [];
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (data.length === 0) return null;
  return (
    <section aria-label="Demonstration accounts" className="grid gap-2 border-t border-line pt-4">
      <p className="text-sm text-muted">This is a demonstration on this machine. Look around as</p>
      <div className="flex flex-wrap gap-2">
        {data.map(({ role, name, email, password }) => (
          <Button key={email} size="sm" disabled={isBusy} onClick={() => onChoose({ email, password })}>
            {name}, {role}
          </Button>
        ))}
      </div>
    </section>
  );
}
