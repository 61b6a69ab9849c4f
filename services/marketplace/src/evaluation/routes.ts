import { type Route, route } from '@clearlot/service';
import { z } from 'zod';
import type { Clients } from '../clients.ts';
import { idParams } from '../shapes.ts';
import { evaluateRfq } from './evaluate-rfq.ts';
import { evaluationShape, presentEvaluation } from './present-evaluation.ts';
import { showEvaluation } from './show-evaluation.ts';

const buyers = { roles: ['buyer'] };

export const evaluationRoutes: Route<Clients>[] = [
  route({
    method: 'GET',
    path: '/api/rfqs/:id/evaluation',
    access: buyers,
    summary: 'The offers of every line ranked by landed cost and quality, term by term',
    params: idParams,
    response: evaluationShape,
    action: (ctx, { params }) => showEvaluation(ctx, params.id),
    present: presentEvaluation,
  }),
  route({
    method: 'POST',
    path: '/api/rfqs/:id/evaluate',
    access: buyers,
    summary: 'Close the evaluation: the RFQ can be awarded',
    params: idParams,
    response: z.object({ rfqId: z.string(), status: z.string() }),
    action: (ctx, { params }) => evaluateRfq(ctx, params.id),
    present: ({ id, status }) => ({ rfqId: id, status }),
  }),
];
