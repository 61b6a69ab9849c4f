import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Access } from '../auth/access.ts';
import type { Context } from '../context.ts';
import type { Upload } from './upload.ts';

type Shape = z.ZodType | undefined;
type Output<S extends Shape> = S extends z.ZodType ? z.output<S> : undefined;

/** What a handler gets of a request, already validated. */
export interface RouteInput<P extends Shape, Q extends Shape, B extends Shape> {
  params: Output<P>;
  query: Output<Q>;
  body: Output<B>;
  /** The file of a multipart route. */
  upload: Upload;
  request: FastifyRequest;
  reply: FastifyReply;
}

export interface Route<Clients> {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  access: Access;
  summary: string;
  status: number;
  params?: z.ZodType;
  query?: z.ZodType;
  body?: z.ZodType;
  response?: z.ZodType;
  multipart: boolean;
  idempotent: boolean;
  action(context: Context<Clients>, input: RouteInput<Shape, Shape, Shape>): Promise<unknown>;
  present(result: unknown): unknown;
}

/**
 * Declares a route: who may call it, its shapes (types, validation and OpenAPI at once), the action and how its result
 * reads as JSON. For a write, `action` must answer exactly what its one transaction answers, because a repeated
 * Idempotency-Key gets `present` of that from the transaction's own record. `idempotent: false` is for answers that
 * must not be stored (credentials); such a route says why beside it.
 */
export function route<
  Clients,
  R,
  P extends Shape = undefined,
  Q extends Shape = undefined,
  B extends Shape = undefined,
  S extends Shape = undefined,
>(definition: {
  method: Route<Clients>['method'];
  path: string;
  access: Access;
  summary: string;
  status?: number;
  params?: P;
  query?: Q;
  body?: B;
  response?: S;
  multipart?: boolean;
  idempotent?: boolean;
  action: (context: Context<Clients>, input: RouteInput<P, Q, B>) => Promise<R>;
  present: (result: R) => S extends z.ZodType ? z.input<S> : unknown;
}): Route<Clients> {
  const defaults = { status: 200, multipart: false, idempotent: definition.method !== 'GET' };
  return { ...defaults, ...definition } as unknown as Route<Clients>;
}
