import { Link } from '@tanstack/react-router';
import { server } from '../api/client.ts';
import { Problem } from '../api/problem.ts';
import { ButtonLink } from '../design/button.tsx';
import { StateLadder } from '../design/ladder.tsx';
import { Page, Section } from '../design/page.tsx';
import { QueryView } from '../design/query-view.tsx';
import { Status, words } from '../design/status.tsx';
import { applicationRungs, applicationTone, type MyCompany } from './application-state.ts';
import { CertificateList } from './certificate-list.tsx';
import { CompanyForm } from './company-form.tsx';
import { EvidenceList } from './evidence-list.tsx';
import { SubmitApplication } from './submit-application.tsx';

const pollMs = 10_000;

/** My company: the application from its first line to the review, and what is shown of it afterwards. */
export function MyCompanyPage() {
  const company = server.useQuery('get', '/api/suppliers/my', {}, { refetchInterval: pollMs });
  const error: unknown = company.error;
  if (error instanceof Problem && error.status === 404 && !company.data) return <Begin />;
  return (
    <QueryView query={company} rows={12}>
      {(it) => <Shown company={it} />}
    </QueryView>
  );
}

function Begin() {
  return (
    <Page
      title="Apply as a supplier"
      summary="Tell who you are, hand in your papers, and an operator reviews them. Then buyers find you. What you enter is saved on the way."
    >
      <Section title="1. Your company">
        <CompanyForm />
      </Section>
    </Page>
  );
}

function Shown({ company }: { company: MyCompany }) {
  const { status, supplierId } = company;
  const isOpen = status === 'draft' || status === 'rejected';
  return (
    <Page
      title={company.legalName}
      status={<Status tone={applicationTone[status]}>{words(status)}</Status>}
      summary={
        isOpen ? 'Your application to sell on LithiumBuy. Everything is saved; come back whenever you like.' : undefined
      }
      actions={
        <>
          <ButtonLink to="/supplier/products">Your products</ButtonLink>
          {status === 'verified' && (
            <Link
              to="/suppliers/$supplierId"
              params={{ supplierId }}
              className="inline-flex min-h-9 items-center px-2 text-accent underline"
            >
              As buyers see it
            </Link>
          )}
        </>
      }
    >
      <SubmitApplication company={company} />
      <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_17rem]">
        <div className="grid content-start gap-6">
          <Section title="1. Your company">
            <CompanyForm key={supplierId} company={company} />
          </Section>
          <Section title="2. Your papers">
            <EvidenceList company={company} />
          </Section>
          <Section title="3. Your certificates">
            <CertificateList company={company} />
          </Section>
        </div>
        <div className="self-start max-lg:order-first lg:sticky lg:top-18">
          <Section title="Timeline">
            <StateLadder label="The course of your application" rungs={applicationRungs(company)} />
          </Section>
        </div>
      </div>
    </Page>
  );
}
