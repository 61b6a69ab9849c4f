import { type Route, route } from '@clearlot/service';
import { z } from 'zod';
import type { Clients } from '../clients.ts';
import { idParams } from '../shapes.ts';
import { answerQuestion } from './answer-question.ts';
import { askQuestion } from './ask-question.ts';
import { presentQuestion, questionShape } from './shapes.ts';

const text = z.string().trim().min(1).max(4000);

export const questionRoutes: Route<Clients>[] = [
  route({
    method: 'POST',
    path: '/api/rfqs/:id/questions',
    access: { roles: ['supplier'] },
    summary: 'Ask the buyer something; everybody who sees the RFQ reads it, nobody learns who asked',
    status: 201,
    params: idParams,
    body: z.object({ question: text }),
    response: questionShape,
    action: (ctx, { params, body }) => askQuestion(ctx, { rfqId: params.id, ...body }),
    present: presentQuestion,
  }),
  route({
    method: 'PUT',
    path: '/api/rfqs/:id/questions/:questionId/answer',
    access: { roles: ['buyer'] },
    summary: 'Answer a question for everybody who sees the RFQ',
    params: idParams.extend({ questionId: z.uuid() }),
    body: z.object({ answer: text }),
    response: questionShape,
    action: (ctx, { params, body }) =>
      answerQuestion(ctx, { rfqId: params.id, questionId: params.questionId, ...body }),
    present: presentQuestion,
  }),
];
