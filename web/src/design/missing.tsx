import { ButtonLink } from './button.tsx';
import { Page } from './page.tsx';

/** There is nothing at this address, or not for whoever asks. */
export function Missing() {
  return (
    <Page title="Nothing is here">
      <p className="max-w-prose text-muted">
        The address may be mistyped, or it belongs to somebody else. Nothing was changed.
      </p>
      <div>
        <ButtonLink to="/dashboard" variant="primary">
          Go to your dashboard
        </ButtonLink>
      </div>
    </Page>
  );
}
