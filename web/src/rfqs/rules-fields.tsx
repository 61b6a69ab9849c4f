import { CheckField, TextAreaField, TextField } from '../design/fields.tsx';
import { certificateKinds, incotermMeanings, incoterms } from '../products/commodity.ts';
import { firstDates, toLocalInput } from './draft-terms.ts';
import type { Terms } from './rfq.ts';
import { percentOf } from './share.ts';

/** Dates and conditions. */
export function RulesFields({ terms }: { terms: Partial<Terms> | undefined }) {
  const dates = { ...firstDates(Date.now()), ...terms };
  const certificates = terms?.requiredCertificates ?? [];
  const known: readonly string[] = certificateKinds;
  const { standstillHours = 48, quantityTolerancePpm = 0, inspectionDays = 14 } = terms ?? {};
  return (
    <div className="grid gap-6">
      <fieldset className="grid gap-4 sm:grid-cols-3">
        <legend className="mb-2 font-semibold">Dates, in your time</legend>
        <TextField
          name="terms.questionsUntil"
          label="Questions until"
          type="datetime-local"
          required
          defaultValue={toLocalInput(dates.questionsUntil)}
        />
        <TextField
          name="terms.deadlineAt"
          label="Responses until"
          hint="Sealed until then. Once sent out it can only move later."
          type="datetime-local"
          required
          defaultValue={toLocalInput(dates.deadlineAt)}
        />
        <TextField
          name="terms.decideBy"
          label="You decide by"
          hint="Firm offers hold until then."
          type="datetime-local"
          required
          defaultValue={toLocalInput(dates.decideBy)}
        />
      </fieldset>
      <fieldset>
        <legend className="mb-2 font-semibold">Other Incoterms you accept</legend>
        <div className="grid gap-2 sm:grid-cols-2 lg:grid-cols-3">
          {incoterms
            .filter((each) => each !== terms?.incoterm)
            .map((each) => (
              <CheckField
                key={each}
                name="terms.acceptedIncoterms"
                value={each}
                label={`${each}, ${incotermMeanings[each].toLowerCase()}`}
                defaultChecked={terms?.acceptedIncoterms?.includes(each)}
              />
            ))}
        </div>
      </fieldset>
      <fieldset className="grid gap-4">
        <legend className="mb-2 font-semibold">Certificates a supplier must have</legend>
        <div className="grid gap-2 sm:grid-cols-3">
          {known.map((kind) => (
            <CheckField
              key={kind}
              name="terms.requiredCertificates"
              value={kind}
              label={kind}
              defaultChecked={certificates.includes(kind)}
            />
          ))}
        </div>
        <TextField
          name="otherCertificates"
          label="Others"
          hint="With commas between them."
          defaultValue={certificates.filter((each) => !known.includes(each)).join(', ')}
        />
      </fieldset>
      <fieldset className="grid gap-4 sm:grid-cols-3">
        <legend className="mb-2 font-semibold">After the award</legend>
        <TextField
          name="terms.standstillHours"
          label="Standstill, hours"
          hint="You may take the award back until it is over."
          inputMode="numeric"
          defaultValue={standstillHours}
        />
        <TextField
          name="terms.quantityTolerancePpm"
          label="Tolerance of the quantity, ± %"
          hint="Of each delivery; 20 at most."
          inputMode="decimal"
          defaultValue={percentOf(quantityTolerancePpm)}
        />
        <TextField
          name="terms.inspectionDays"
          label="Inspection, days"
          hint="From each delivery, to accept or contest it."
          inputMode="numeric"
          defaultValue={inspectionDays}
        />
      </fieldset>
      <TextAreaField
        name="terms.notes"
        label="Notes to suppliers"
        maxLength={10_000}
        rows={4}
        defaultValue={terms?.notes ?? ''}
      />
    </div>
  );
}
