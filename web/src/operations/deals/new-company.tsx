import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { server } from '../../api/client.ts';
import { Button } from '../../design/button.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { Form, TextField } from '../../design/fields.tsx';
import { useToast } from '../../design/toasts.tsx';

/** Adds the company a deal is of; whoever holds its shares can then add holdings of it. */
export function NewCompany({ onAdded }: { onAdded(companyId: string): void }) {
  const [open, setOpen] = useState(false);
  const queries = useQueryClient();
  const toast = useToast();
  const add = server.useMutation('post', '/api/admin/companies', {
    onSuccess: async ({ companyId, name }) => {
      await queries.invalidateQueries({ queryKey: server.queryOptions('get', '/api/companies').queryKey });
      toast(`${name} is added.`);
      setOpen(false);
      onAdded(companyId);
    },
  });
  return (
    <>
      <Button onClick={() => setOpen(true)}>Add a company</Button>
      <Dialog open={open} onClose={() => setOpen(false)} title="Add a company">
        <Form
          problem={add.error}
          onSubmit={(data) => {
            const legalName = String(data.get('legalName') ?? '').trim();
            add.mutate({ body: { name: String(data.get('name')).trim(), ...(legalName ? { legalName } : {}) } });
          }}
        >
          <TextField
            name="name"
            label="Name"
            hint="As people know it, such as Helios Materials."
            required
            maxLength={200}
          />
          <TextField
            name="legalName"
            label="Legal name"
            hint="As agreements carry it, such as Helios Materials, Inc. Without one, the name above is used."
            maxLength={200}
          />
          <div className="flex justify-end gap-2">
            <Button onClick={() => setOpen(false)}>Not now</Button>
            <Button type="submit" variant="primary" busy={add.isPending}>
              Add the company
            </Button>
          </div>
        </Form>
      </Dialog>
    </>
  );
}
