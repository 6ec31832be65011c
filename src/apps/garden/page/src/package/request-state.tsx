import { useQuery } from '@rocicorp/zero/react';
import type { Registry } from '@techgarden/schema';
import { queries } from '@techgarden/schema/garden/zero';
import type { ReactNode } from 'react';
import { Moment } from '../parts/moment.tsx';
import { StatusBadge } from '../requests/status-badge.tsx';
import { useAsk } from '../requests/use-ask.ts';

interface Props {
  readonly registry: Registry;
  readonly name: string;
}

/** The user's last request for a package, with a button for another one. */
export function RequestState({ registry, name }: Props): ReactNode {
  const ask = useAsk();
  const [mine] = useQuery(queries.requests.mine({ limit: 200 }));
  const last = mine.find((one) => one.registry === registry && one.packageName === name);
  const isActive = last?.status === 'pending' || last?.status === 'fetching';
  return (
    <section className="request-state" aria-label="Request">
      <p role="status" aria-live="polite">
        {last && (
          <>
            <StatusBadge status={last.status} />{' '}
            <span className="quiet-text">
              requested <Moment at={last.createdAt} />
            </span>
          </>
        )}
      </p>
      {!isActive && (
        <button type="button" className="button small" onClick={() => ask(registry, name)}>
          {last ? 'Request again' : 'Request an update'}
        </button>
      )}
    </section>
  );
}
