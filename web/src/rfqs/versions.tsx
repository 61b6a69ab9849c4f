import { server } from '../api/client.ts';
import { Instant } from '../design/figures.tsx';
import { Section } from '../design/page.tsx';
import { QueryView } from '../design/query-view.tsx';
import { Scrolled } from '../design/scrolled.tsx';
import type { Version } from './rfq.ts';
import { changeWords } from './terms-words.ts';

/** Every version of the terms, the newest first, with what it changed and why. */
export function Versions({ rfqId }: { rfqId: string }) {
  const versions = server.useQuery(
    'get',
    '/api/rfqs/{id}/versions',
    { params: { path: { id: rfqId } } },
    // Shown anew with every version.
    { staleTime: 0 },
  );
  return (
    <Section title="Versions of the terms">
      <QueryView query={versions} rows={2}>
        {(list) => (
          <ol className="grid gap-5">
            {[...list].reverse().map((each) => (
              <VersionChanges key={each.version} version={each} />
            ))}
          </ol>
        )}
      </QueryView>
    </Section>
  );
}

function VersionChanges({ version: { version, createdAt, reason, terms, changes } }: { version: Version }) {
  return (
    <li className="grid gap-1.5">
      <p>
        <span className="font-semibold">Version {version}</span>{' '}
        <span className="text-sm text-muted">
          {version === 1 ? 'as it was sent out' : 'amended'} <Instant at={createdAt} />
        </span>
      </p>
      {reason && <p className="text-sm">“{reason}”</p>}
      {changes.length > 0 && (
        <Scrolled label={`What version ${version} changed`} className="">
          <table className="w-full min-w-md border-collapse text-sm">
            <thead className="text-left text-xs text-muted">
              <tr>
                <th scope="col" className="py-1 pr-4 font-medium">
                  What
                </th>
                <th scope="col" className="py-1 pr-4 font-medium">
                  Before
                </th>
                <th scope="col" className="py-1 font-medium">
                  Now
                </th>
              </tr>
            </thead>
            <tbody>
              {changes.map((change) => {
                const { what, before, after } = changeWords(change, terms);
                return (
                  <tr key={change.path} className="border-t border-line align-top">
                    <th scope="row" className="py-1.5 pr-4 text-left font-medium">
                      {what}
                    </th>
                    <td className="py-1.5 pr-4 text-muted">
                      {before === undefined ? 'not there' : <del className="decoration-red">{before}</del>}
                    </td>
                    <td className="py-1.5">
                      {after === undefined ? (
                        'taken away'
                      ) : (
                        <ins className="decoration-green underline-offset-2">{after}</ins>
                      )}
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </Scrolled>
      )}
    </li>
  );
}
