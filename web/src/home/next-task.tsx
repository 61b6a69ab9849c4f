import { ButtonLink } from '../design/button.tsx';
import { Notice } from '../design/notice.tsx';
import { formatInstant } from '../money/format.ts';
import { type Task, Tasks } from './tasks.tsx';

/** What waits on me: the one thing to do now, then the rest. */
export function NextTask({ tasks, nothing }: { tasks: readonly Task[]; nothing: string }) {
  const [now, ...rest] = tasks;
  if (!now) return <Tasks tasks={[]} nothing={nothing} />;
  const about = [now.about, now.due && `by ${formatInstant(now.due)}`].filter(Boolean).join(' · ');
  return (
    <>
      <Notice
        tone="amber"
        title={now.title}
        action={
          <ButtonLink {...now.link} variant="primary">
            Go there
          </ButtonLink>
        }
      >
        {about}
      </Notice>
      {rest.length > 0 && <Tasks tasks={rest} nothing={nothing} />}
    </>
  );
}
