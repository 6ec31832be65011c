import { useQuery } from '@rocicorp/zero/react';
import { queries } from '@techgarden/schema/garden/zero';
import { useState, type ReactNode } from 'react';
import { Moment } from '../parts/moment.tsx';
import { QueryFailure } from '../parts/query-failure.tsx';
import { StatusBadge } from '../requests/status-badge.tsx';
import { statusWords } from '../requests/status-words.ts';

/** Request filters with their labels. */
const STATES = {
  unfinished: 'unfinished',
  ...statusWords,
  all: 'all',
} as const;

const states = Object.keys(STATES) as (keyof typeof STATES)[];

/** Requests in claim order. */
export function QueueTable(): ReactNode {
  const [state, setState] = useState<keyof typeof STATES>('unfinished');
  const [requests, details] = useQuery(
    queries.requests.queue({ ...(state !== 'unfinished' && { status: state }), limit: 100 }),
  );
  return (
    <section aria-label="Queue">
      <div className="chips" role="group" aria-label="State">
        {states.map((one) => (
          <button
            key={one}
            type="button"
            className="chip"
            aria-pressed={state === one}
            onClick={() => setState(one)}
          >
            {STATES[one]}
          </button>
        ))}
      </div>
      <QueryFailure details={details} />
      <p className="count" role="status">
        {details.type === 'complete' && requests.length === 0
          ? 'No such requests.'
          : `${requests.length} ${requests.length === 1 ? 'request' : 'requests'}`}
      </p>
      <table className="queue" aria-label="Requests">
        <thead>
          <tr>
            <th scope="col">Package</th>
            <th scope="col">State</th>
            <th scope="col" className="number">
              Priority
            </th>
            <th scope="col">Requested by</th>
            <th scope="col">Time</th>
          </tr>
        </thead>
        <tbody>
          {requests.map((one) => (
            <tr key={one.id}>
              <th scope="row">
                {one.packageName} <span className="badge registry">{one.registry}</span>
              </th>
              <td>
                <StatusBadge status={one.status} />
                {one.errorMessage !== null && <small>{one.errorMessage}</small>}
              </td>
              <td className="number">{one.priority}</td>
              <td>
                {one.isAutoQueued ? 'dependency' : (one.requester?.name ?? 'deleted account')}
              </td>
              <td>
                <Moment at={one.createdAt} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
