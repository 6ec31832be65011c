import { useZero } from '@rocicorp/zero/react';
import {
  mutators,
  type SyncedPackage,
  type SyncedPackageRequest,
} from '@techgarden/schema/garden/zero';
import type { MouseEvent, ReactNode } from 'react';
import { keepFocus } from '../parts/keep-focus.ts';
import { Moment } from '../parts/moment.tsx';
import { packageHref } from '../router/routes.ts';
import { useWrite } from '../zero/use-write.ts';
import { StatusBadge } from './status-badge.tsx';

interface Props {
  readonly request: SyncedPackageRequest & {
    readonly package: SyncedPackage | undefined;
    readonly chain: readonly SyncedPackageRequest[];
  };
}

/** A request of the user, with its follow-up requests and a cancel button. */
export function RequestItem({ request }: Props): ReactNode {
  const zero = useZero();
  const write = useWrite();
  const { id, packageName, registry, status, chain } = request;
  const cancel = (event: MouseEvent<HTMLElement>): void => {
    keepFocus(event);
    write(`Cancel ${packageName}`, zero.mutate(mutators.requests.cancel({ id, at: Date.now() })));
  };
  return (
    <li className="request" tabIndex={-1}>
      <div className="request-head">
        {request.package ? (
          <a href={packageHref(registry, packageName)} className="package-name">
            {packageName}
          </a>
        ) : (
          <span className="package-name">{packageName}</span>
        )}
        <span className="badge registry">{registry}</span>
        <StatusBadge status={status} />
        <span className="quiet-text">
          requested <Moment at={request.createdAt} />
          {request.attemptCount > 1 && `, tried ${request.attemptCount} times`}
        </span>
        {status === 'pending' && (
          <button
            type="button"
            className="button small"
            aria-label={`Cancel ${packageName}`}
            onClick={cancel}
          >
            Cancel
          </button>
        )}
      </div>
      {request.errorMessage !== null && <p className="failure">{request.errorMessage}</p>}
      {chain.length > 0 && <Chain chain={chain} />}
    </li>
  );
}

function Chain({ chain }: { readonly chain: readonly SyncedPackageRequest[] }): ReactNode {
  const done = chain.filter(({ status }) => status === 'completed').length;
  return (
    <details>
      <summary>
        dependencies requested: {chain.length}, planted: {done}
      </summary>
      <ul className="chain">
        {chain.map((one) => (
          <li key={one.id}>
            <a href={packageHref(one.registry, one.packageName)}>{one.packageName}</a>
            <StatusBadge status={one.status} />
          </li>
        ))}
      </ul>
    </details>
  );
}
