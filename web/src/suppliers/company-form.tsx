import { useQueryClient } from '@tanstack/react-query';
import { type FocusEvent, useRef, useState } from 'react';
import { server } from '../api/client.ts';
import type { Body } from '../api/shapes.ts';
import { Button } from '../design/button.tsx';
import { Form, SelectField, TextAreaField, TextField } from '../design/fields.tsx';
import { Instant } from '../design/figures.tsx';
import { countries } from '../places/countries.ts';
import { type Incoterm, incotermChoices } from '../products/commodity.ts';
import type { MyCompany } from './application-state.ts';
import { ListField } from './list-field.tsx';

type Profile = Body<'/api/suppliers'>;

/** Asks again for everything that shows my company. */
export function useRefreshCompany(): () => Promise<unknown> {
  const queries = useQueryClient();
  const shown = ['/api/suppliers/my', '/api/suppliers/{id}', '/api/suppliers'];
  return () => Promise.all(shown.map((path) => queries.invalidateQueries({ queryKey: ['get', path] })));
}

/**
 * What a supplier says of itself. Once it exists it saves itself when a field is left, so that nothing is lost on the way;
 * name and country are fixed while an operator looks at them or has verified them.
 */
export function CompanyForm({ company }: { company?: MyCompany }) {
  const form = useRef<HTMLFormElement>(null);
  const saved = useRef(company && asText(profileOf(company)));
  const [savedAt, setSavedAt] = useState<string>();
  const refresh = useRefreshCompany();
  const done = {
    onSuccess: async () => {
      setSavedAt(new Date().toISOString());
      await refresh();
    },
  };
  const apply = server.useMutation('post', '/api/suppliers', done);
  const change = server.useMutation('put', '/api/suppliers/my', done);
  const isBusy = apply.isPending || change.isPending;
  const isFixed = company !== undefined && company.status !== 'draft' && company.status !== 'rejected';

  const save = (data: FormData) => {
    const body = read(data, company);
    saved.current = asText(body);
    if (company) change.mutate({ body });
    else apply.mutate({ body });
  };
  const saveIfChanged = () => {
    if (!company || isBusy || !form.current?.checkValidity()) return;
    const data = new FormData(form.current);
    if (asText(read(data, company)) !== saved.current) save(data);
  };
  const onBlur = (event: FocusEvent) => {
    if (event.target instanceof HTMLElement && event.target.matches('[type="submit"]')) return;
    saveIfChanged();
  };
  // The chips change after this event; what they hold is read once they have.
  const onChips = () => setTimeout(saveIfChanged);
  return (
    <Form ref={form} problem={apply.error ?? change.error} onSubmit={save} onBlur={onBlur} className="sm:grid-cols-2">
      <TextField
        name="legalName"
        label="Legal name"
        hint={isFixed ? 'Fixed since it was handed in.' : 'As in the register of companies.'}
        defaultValue={company?.legalName}
        readOnly={isFixed}
        required
        maxLength={200}
      />
      <SelectField
        name="country"
        label="Country"
        hint={isFixed ? 'Fixed since it was handed in.' : 'Where the company is registered.'}
        defaultValue={company?.country ?? ''}
        disabled={isFixed}
        required
        choices={[{ value: '', label: 'Choose' }, ...countries]}
      />
      <div className="sm:col-span-2">
        <TextAreaField
          name="about"
          label="About"
          hint="What you make and for whom; buyers read it first."
          defaultValue={company?.about}
          maxLength={4000}
        />
      </div>
      <TextField
        name="website"
        label="Website"
        type="url"
        placeholder="https://"
        defaultValue={company?.website ?? ''}
        maxLength={300}
      />
      <ListField
        name="capabilities"
        label="Capabilities"
        hint="Such as refining, assay, toll conversion."
        initial={company?.capabilities ?? []}
        onChange={onChips}
      />
      <ListField
        name="regions"
        label="Countries you deliver to"
        initial={company?.regions ?? []}
        choices={countries}
        onChange={onChips}
      />
      <ListField
        name="incoterms"
        label="Incoterms you offer"
        initial={company?.incoterms ?? []}
        choices={incotermChoices}
        onChange={onChips}
      />
      <div className="flex flex-wrap items-center gap-3 sm:col-span-2">
        <Button type="submit" variant={company ? 'secondary' : 'primary'} busy={isBusy}>
          {company ? 'Save' : 'Save and go on'}
        </Button>
        <span role="status" className="text-sm text-muted">
          {savedAt && !isBusy && (
            <>
              Saved <Instant at={savedAt} />
            </>
          )}
        </span>
      </div>
    </Form>
  );
}

function read(data: FormData, company: MyCompany | undefined): Profile {
  const said = (name: string) => String(data.get(name) ?? '').trim();
  const all = (name: string) => data.getAll(name).map(String);
  return {
    legalName: said('legalName'),
    country: said('country') || (company?.country ?? ''),
    about: said('about'),
    website: said('website') || null,
    regions: all('regions'),
    incoterms: all('incoterms') as Incoterm[],
    capabilities: all('capabilities'),
  };
}

function profileOf({ legalName, country, about, website, regions, incoterms, capabilities }: MyCompany): Profile {
  return { legalName, country, about, website, regions, incoterms, capabilities };
}

const asText = (profile: Profile) => JSON.stringify(profile);
