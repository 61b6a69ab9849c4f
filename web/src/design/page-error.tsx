import { Problem } from '../api/problem.ts';
import { Button } from './button.tsx';
import { Refusal } from './fields.tsx';
import { Missing } from './missing.tsx';
import { Page } from './page.tsx';

/** What stands where a page could not be shown. */
export function PageError({ error, retry }: { error: unknown; retry(): void }) {
  if (error instanceof Problem && error.status === 404) return <Missing />;
  return (
    <Page title="This page could not be shown">
      <Refusal problem={error} />
      <div>
        <Button variant="primary" onClick={retry}>
          Try again
        </Button>
      </div>
    </Page>
  );
}
