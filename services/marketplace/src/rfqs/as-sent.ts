import { z } from 'zod';
import { unkeepable } from '../sealing/canonical-json.ts';

/**
 * Checks a body like `schema`, but hands on what was sent: terms and contents are kept, hashed and shown in the words of
 * who wrote them. Reads in OpenAPI like `schema`.
 */
export function asSent<S extends z.ZodType>(schema: S): z.ZodType<z.input<S>, z.input<S>> {
  const { $schema, ...shape } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return z
    .custom<z.input<S>>()
    .superRefine((value, ctx) => {
      const reason = unkeepable(value);
      if (reason) return ctx.addIssue({ code: 'custom', message: reason });
      for (const { path, message } of schema.safeParse(value).error?.issues ?? []) {
        ctx.addIssue({ code: 'custom', path, message });
      }
    })
    .meta(shape);
}
