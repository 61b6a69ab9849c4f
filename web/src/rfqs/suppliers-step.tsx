import { keepPreviousData } from '@tanstack/react-query';
import { useState } from 'react';
import { server } from '../api/client.ts';
import { SelectField } from '../design/fields.tsx';
import { QueryView } from '../design/query-view.tsx';
import { countryName } from '../places/countries.ts';
import { SupplierLink } from '../suppliers/supplier-link.tsx';
import type { Rfq } from './rfq.ts';

/** Open to every verified supplier, or only to those that are chosen here. */
export function SuppliersStep({ draft }: { draft: Rfq }) {
  const [visibility, setVisibility] = useState<string>(draft.visibility);
  const [chosen, setChosen] = useState<readonly string[]>(draft.buyers?.invitedSupplierIds ?? []);
  return (
    <div className="grid gap-5">
      <SelectField
        name="visibility"
        label="Who may respond"
        choices={[
          { value: 'open', label: 'Every verified supplier; those that fit are told' },
          { value: 'invited', label: 'Only suppliers that you invite' },
        ]}
        value={visibility}
        onChange={(event) => setVisibility(event.currentTarget.value)}
        hint={
          visibility === 'open'
            ? 'Clearlot matches the request with what suppliers sell, make, prove and deliver, and tells the best 50. You see each match with its reasons.'
            : 'Nobody else sees the request. Those you invite are told when you send it out.'
        }
      />
      {visibility === 'invited' && (
        <>
          {chosen.map((supplierId) => (
            <input key={supplierId} type="hidden" name="invitedSupplierIds" value={supplierId} />
          ))}
          <Chosen chosen={chosen} />
          <Directory
            chosen={chosen}
            onToggle={(supplierId) =>
              setChosen(
                chosen.includes(supplierId) ? chosen.filter((each) => each !== supplierId) : [...chosen, supplierId],
              )
            }
          />
        </>
      )}
    </div>
  );
}

function Chosen({ chosen }: { chosen: readonly string[] }) {
  return (
    <p role="status">
      {chosen.length === 0 ? 'Nobody is invited yet.' : `Invited (${chosen.length}): `}
      {chosen.map((supplierId, index) => (
        <span key={supplierId}>
          {index > 0 && ', '}
          <SupplierLink supplierId={supplierId} />
        </span>
      ))}
    </p>
  );
}

function Directory({ chosen, onToggle }: { chosen: readonly string[]; onToggle(supplierId: string): void }) {
  const [q, setQ] = useState('');
  const suppliers = server.useQuery(
    'get',
    '/api/suppliers',
    { params: { query: { q: q.trim() || undefined, limit: 50 } } },
    { placeholderData: keepPreviousData },
  );
  return (
    <fieldset className="grid gap-3">
      <legend className="mb-2 font-semibold">Suppliers</legend>
      <input
        type="search"
        aria-label="Find a supplier"
        placeholder="Find a supplier"
        value={q}
        onChange={(event) => setQ(event.currentTarget.value)}
        className="min-h-9 max-w-xs rounded-md border border-line-strong bg-surface px-3"
      />
      <QueryView query={suppliers}>
        {({ items, nextCursor }) => (
          <>
            <ul className="divide-y divide-line rounded-md border border-line">
              {items.map(({ supplierId, legalName, country }) => (
                <li key={supplierId}>
                  <label className="flex min-h-10 items-center gap-3 px-3 py-1.5 hover:bg-sunken">
                    <input
                      type="checkbox"
                      checked={chosen.includes(supplierId)}
                      onChange={() => onToggle(supplierId)}
                      className="size-4.5 accent-(--accent)"
                    />
                    <span>
                      {legalName} <span className="text-sm text-muted">{countryName(country)}</span>
                    </span>
                  </label>
                </li>
              ))}
            </ul>
            {items.length === 0 && <p className="text-muted">No verified supplier is called so.</p>}
            {nextCursor !== null && (
              <p className="text-sm text-muted">These are the newest 50. Find others by their name.</p>
            )}
          </>
        )}
      </QueryView>
    </fieldset>
  );
}
