import type { paths } from './schema.d.ts';

type Method = 'get' | 'post' | 'put' | 'delete';
type Json<Of> = Of extends { content: { 'application/json': infer Body } } ? Body : never;
type Success<Responses> = Responses extends { 200: infer Ok }
  ? Ok
  : Responses extends { 201: infer Made }
    ? Made
    : never;

/** What a path answers, `Answer<'/api/deals/active'>`; with a method, what that answers. */
export type Answer<Path extends keyof paths, By extends Method = 'get'> = paths[Path][By] extends {
  responses: infer Responses;
}
  ? Json<Success<Responses>>
  : never;

/** What is sent to a path. */
export type Body<Path extends keyof paths, By extends Method = 'post'> = paths[Path][By] extends {
  requestBody?: infer Sent;
}
  ? Json<NonNullable<Sent>>
  : never;
