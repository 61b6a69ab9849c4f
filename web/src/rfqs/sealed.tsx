import { ButtonLink, buttonClass } from '../design/button.tsx';
import { Instant } from '../design/figures.tsx';
import { Notice } from '../design/notice.tsx';
import { Facts, Section } from '../design/page.tsx';
import type { SealedResponse } from './respond.tsx';
import type { Rfq } from './rfq.ts';

/** What was sealed, once: the nonce and content are not kept in the clear and cannot be shown again. */
export function Sealed({ rfq, sealed }: { rfq: Rfq; sealed: SealedResponse }) {
  const { version, rfqVersion, submittedAt, contentSha256 } = sealed;
  const file = JSON.stringify({ rfqId: rfq.rfqId, title: rfq.title, ...sealed }, null, 2);
  return (
    <div className="grid gap-6">
      <Notice
        tone="amber"
        title="Keep your copy now. It is shown this one time."
        action={
          <a
            href={`data:application/json;charset=utf-8,${encodeURIComponent(file)}`}
            download={`response-${version}-${rfq.rfqId}.json`}
            className={buttonClass({ variant: 'primary' })}
          >
            Download your copy
          </a>
        }
      >
        It holds the content, the nonce and the signed receipt: with them you can prove what you handed in and when, and
        begin the next response from it.
      </Notice>
      <Section title={`Response ${version}`}>
        <Facts
          facts={[
            ['Handed in', <Instant key="at" at={submittedAt} />],
            ['For', `version ${rfqVersion} of the terms`],
            ['Opened', <Instant key="opened" at={rfq.deadlineAt} />],
            [
              'SHA-256 of the content',
              <code key="sha" className="figures break-all">
                {contentSha256}
              </code>,
            ],
          ]}
        />
      </Section>
      <div>
        <ButtonLink to="/rfq/$rfqId" params={{ rfqId: rfq.rfqId }}>
          Go to the request
        </ButtonLink>
      </div>
    </div>
  );
}
