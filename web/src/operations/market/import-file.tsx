import { useMutation, useQueryClient } from '@tanstack/react-query';
import { upload } from '../../api/client.ts';
import type { Answer } from '../../api/shapes.ts';
import { Button } from '../../design/button.tsx';
import { FileField, Form, TextField } from '../../design/fields.tsx';
import { Notice } from '../../design/notice.tsx';

type Imported = Answer<'/api/admin/market/imports', 'post'>;

/** Hands a file of a source in, to be read by its mapping; the same file again changes nothing. */
export function ImportFile({ code }: { code: string }) {
  const queries = useQueryClient();
  const load = useMutation({
    mutationFn: (data: FormData) => {
      const query = new URLSearchParams({ source: code, edition: String(data.get('edition')).trim() });
      const file = new FormData();
      file.set('file', data.get('file') as File);
      return upload<Imported>(`/api/admin/market/imports?${query}`, file);
    },
    onSuccess: () => void queries.invalidateQueries(),
  });
  return (
    <section aria-label="Import a file" className="grid gap-3 rounded-md border border-line p-4">
      <h3 className="font-semibold">Import a file</h3>
      <Form problem={load.error} onSubmit={load.mutate}>
        <FileField name="file" label="File" accept=".csv,.json,text/csv,application/json" required />
        <TextField
          name="edition"
          label="Edition"
          hint="What the file is, such as the name of its issue; changed figures need a new one."
          required
          maxLength={200}
        />
        <div>
          <Button type="submit" busy={load.isPending}>
            Import
          </Button>
        </div>
      </Form>
      {load.data && <Outcome imported={load.data} />}
    </section>
  );
}

function Outcome({ imported }: { imported: Imported }) {
  const { repeated, figures, recorded, corrected, duplicates, keptBack } = imported;
  if (repeated) return <Notice title="This file was imported before">Nothing was changed.</Notice>;
  return (
    <Notice tone={keptBack > 0 ? 'amber' : 'green'} title={`${figures} figures were read`}>
      {recorded} recorded, {corrected} corrected, {duplicates} known already, {keptBack} kept back for review.
    </Notice>
  );
}
