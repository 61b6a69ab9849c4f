import { useState } from 'react';
import { server } from '../api/client.ts';
import { Button } from '../design/button.tsx';
import { Form, TextAreaField } from '../design/fields.tsx';
import { Instant } from '../design/figures.tsx';
import { Section } from '../design/page.tsx';
import { useToast } from '../design/toasts.tsx';
import { useIsPast } from './countdown.ts';
import { useRefreshRfq } from './refresh-rfq.ts';
import type { Looker, Rfq } from './rfq.ts';

type Question = Rfq['questions'][number];

const textMax = 4_000;

/** What suppliers asked and the buyer answered; everybody reads all of it and nobody learns who asked. */
export function Questions({ rfq, looker }: { rfq: Rfq; looker: Looker }) {
  const isClosed = useIsPast(rfq.deadlineAt);
  const isLate = useIsPast(rfq.terms.questionsUntil);
  const open = rfq.status === 'published' && !isClosed;
  const asks = looker === 'supplier' && open && !isLate;
  return (
    <Section title="Questions and answers">
      <div className="grid gap-5">
        <p className="text-sm text-muted">
          Everybody who sees this request reads questions and answers; nobody learns who asked. Questions are taken
          until <Instant at={rfq.terms.questionsUntil} />.
        </p>
        {rfq.questions.length === 0 ? (
          <p>No question yet.</p>
        ) : (
          <ol className="grid gap-4">
            {rfq.questions.map((question) => (
              <Asked
                key={question.questionId}
                rfqId={rfq.rfqId}
                question={question}
                canAnswer={looker === 'buyer' && open}
              />
            ))}
          </ol>
        )}
        {asks && <Ask rfqId={rfq.rfqId} />}
      </div>
    </Section>
  );
}

function Asked({ rfqId, question, canAnswer }: { rfqId: string; question: Question; canAnswer: boolean }) {
  const [isAnswering, setAnswering] = useState(false);
  return (
    <li className="grid gap-1 border-l-2 border-line pl-4">
      <p className="whitespace-pre-line">
        <span className="font-semibold">Question. </span>
        {question.question}
      </p>
      <p className="text-xs text-muted">
        asked <Instant at={question.askedAt} />
      </p>
      {question.answer === null ? (
        <p className="font-medium text-amber">{canAnswer ? 'Waits for your answer.' : 'Not answered yet.'}</p>
      ) : (
        <>
          <p className="whitespace-pre-line">
            <span className="font-semibold">Answer. </span>
            {question.answer}
          </p>
          <p className="text-xs text-muted">
            answered <Instant at={question.answeredAt} />
          </p>
        </>
      )}
      {canAnswer && question.answer === null && !isAnswering && (
        <div>
          <Button size="sm" onClick={() => setAnswering(true)}>
            Answer
          </Button>
        </div>
      )}
      {isAnswering && <Answering rfqId={rfqId} question={question} onDone={() => setAnswering(false)} />}
    </li>
  );
}

function Answering({ rfqId, question, onDone }: { rfqId: string; question: Question; onDone(): void }) {
  const refresh = useRefreshRfq();
  const toast = useToast();
  const answer = server.useMutation('put', '/api/rfqs/{id}/questions/{questionId}/answer', {
    onSuccess: async () => {
      await refresh();
      toast('Everybody who sees the request can read your answer.');
      onDone();
    },
  });
  const path = { id: rfqId, questionId: question.questionId };
  return (
    <Form
      problem={answer.error}
      onSubmit={(data) =>
        answer.mutate({ params: { path }, body: { answer: String(data.get('answer') ?? '').trim() } })
      }
    >
      <TextAreaField name="answer" label="Your answer" required maxLength={textMax} rows={3} />
      <div className="flex gap-2">
        <Button type="submit" variant="primary" busy={answer.isPending}>
          Answer for all to read
        </Button>
        <Button onClick={onDone}>Not now</Button>
      </div>
    </Form>
  );
}

function Ask({ rfqId }: { rfqId: string }) {
  const refresh = useRefreshRfq();
  const toast = useToast();
  const [round, setRound] = useState(0);
  const ask = server.useMutation('post', '/api/rfqs/{id}/questions', {
    onSuccess: async () => {
      await refresh();
      toast('Your question is asked.');
      setRound((before) => before + 1);
    },
  });
  return (
    <Form
      key={round}
      problem={ask.error}
      onSubmit={(data) =>
        ask.mutate({ params: { path: { id: rfqId } }, body: { question: String(data.get('question') ?? '').trim() } })
      }
    >
      <TextAreaField
        name="question"
        label="Ask the buyer"
        hint="Do not say who you are: all other suppliers read it."
        required
        maxLength={textMax}
        rows={3}
      />
      <div>
        <Button type="submit" busy={ask.isPending}>
          Ask
        </Button>
      </div>
    </Form>
  );
}
