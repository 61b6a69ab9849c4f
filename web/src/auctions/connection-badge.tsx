import { Status } from '../design/status.tsx';
import type { ConnectionState } from '../live/live-topic.ts';

const states = {
  connecting: { tone: 'blue', words: 'Connecting' },
  live: { tone: 'green', words: 'Live' },
  resuming: { tone: 'amber', words: 'Reconnecting: figures may be old' },
} as const;

/** Whether what is shown is what is so now, and who else looks at it. */
export function ConnectionBadge({
  connection,
  watchers,
}: {
  connection: ConnectionState;
  watchers: number | undefined;
}) {
  const { tone, words } = states[connection];
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-muted">
      <span role="status">
        <Status tone={tone}>{words}</Status>
      </span>
      {watchers !== undefined && (
        <span className="figures">{watchers === 1 ? 'Only you watch' : `${watchers} watch`}</span>
      )}
    </div>
  );
}
