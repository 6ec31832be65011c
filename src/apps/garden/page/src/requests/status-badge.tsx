import type { SyncedPackageRequest } from '@techgarden/schema/garden/zero';
import type { ReactNode } from 'react';
import { statusWords } from './status-words.ts';

/** Status of a request, shown by text and shape as well as by colour. */
export function StatusBadge({ status }: Pick<SyncedPackageRequest, 'status'>): ReactNode {
  return (
    <span className="status" data-status={status}>
      {statusWords[status]}
    </span>
  );
}
