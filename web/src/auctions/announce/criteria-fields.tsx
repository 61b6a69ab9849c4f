import { Button } from '../../design/button.tsx';
import { TextField } from '../../design/fields.tsx';
import { RowList } from './row-list.tsx';

/** Questions whose answers count beside the price: each takes a share off the price that is compared, not off what is paid. */
export function CriteriaFields() {
  return (
    <RowList add="Add a question" first={0}>
      {(index, remove, position) => {
        const at = `criteria.${index}`;
        return (
          <fieldset className="grid gap-3 rounded-md border border-line bg-surface p-4">
            <legend className="px-1 font-semibold">Question {position + 1}</legend>
            <TextField
              name={`${at}.title`}
              label="What is asked"
              placeholder="Where is it refined?"
              required
              maxLength={200}
            />
            <RowList add="Add an answer" first={2} least={1}>
              {(option, removeOption, place) => (
                <div className="grid grid-cols-[minmax(0,1fr)_9rem_auto] items-end gap-2">
                  <TextField
                    name={`${at}.options.${option}.title`}
                    label={`Answer ${place + 1}`}
                    required
                    maxLength={200}
                  />
                  <TextField
                    name={`${at}.options.${option}.sharePpm`}
                    label="Counts lower by, %"
                    {...{ inputMode: 'decimal', defaultValue: '0', pattern: '\\d{1,2}(\\.\\d{1,4})?', required: true }}
                  />
                  <Button
                    variant="quiet"
                    aria-label={`Remove answer ${place + 1}`}
                    disabled={!removeOption}
                    onClick={removeOption}
                  >
                    ×
                  </Button>
                </div>
              )}
            </RowList>
            <div>
              <Button size="sm" variant="quiet" onClick={remove}>
                Remove question {position + 1}
              </Button>
            </div>
          </fieldset>
        );
      }}
    </RowList>
  );
}
