import { Link } from '@tanstack/react-router';
import { server } from '../api/client.ts';
import type { Answer } from '../api/shapes.ts';
import { QueryView } from '../design/query-view.tsx';

type Match = Answer<'/api/rfqs/{id}/matches'>[number];

const termWords: Record<string, string> = {
  coverage: 'Lines it sells',
  capacity: 'Capacity',
  region: 'Destination',
  certificates: 'Certificates',
  incoterm: 'Incoterms',
  performance: 'Past orders and reviews',
};

/** Suppliers a request was matched with, best first, and why; a supplier reads its own. */
export function Matches({ rfqId, isOwn }: { rfqId: string; isOwn: boolean }) {
  const matches = server.useQuery('get', '/api/rfqs/{id}/matches', { params: { path: { id: rfqId } } });
  return (
    <QueryView query={matches} rows={3}>
      {(list) =>
        list.length === 0 ? (
          <p className="text-muted">
            {isOwn
              ? 'This request was not matched with you; you may respond all the same.'
              : 'No verified supplier lists what you ask for. Suppliers may still find the request and respond.'}
          </p>
        ) : (
          <ul className="grid gap-2">
            {list.map((match) => (
              <li key={match.supplierId}>
                <Explained match={match} isOwn={isOwn} />
              </li>
            ))}
          </ul>
        )
      }
    </QueryView>
  );
}

function Explained({ match: { supplierId, legalName, score, terms }, isOwn }: { match: Match; isOwn: boolean }) {
  return (
    <details open={isOwn} className="rounded-md border border-line">
      <summary className="flex min-h-9 flex-wrap items-center justify-between gap-2 px-3 py-1.5 hover:bg-sunken">
        <span className="font-medium">{isOwn ? 'How well you fit' : legalName}</span>
        <span className="figures text-sm">
          <strong>{score}</strong> of 1,000
        </span>
      </summary>
      <div className="grid gap-3 border-t border-line p-3">
        <table className="w-full border-collapse text-sm">
          <tbody>
            {terms.map(({ term, weight, score: points, because }) => (
              <tr key={term} className="align-top">
                <th scope="row" className="py-1 pr-3 text-left font-medium">
                  {termWords[term] ?? term}
                  <span className="block text-xs font-normal text-muted">{because}</span>
                </th>
                <td className="figures py-1 text-right whitespace-nowrap">
                  {points} of {weight}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {!isOwn && (
          <Link to="/suppliers/$supplierId" params={{ supplierId }} className="text-sm text-accent underline">
            Profile of {legalName}
          </Link>
        )}
      </div>
    </details>
  );
}
