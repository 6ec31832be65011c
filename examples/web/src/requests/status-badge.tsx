import type { PackageRequest } from '@techgarden/schema/zero';
import type { ReactNode } from 'react';

const WORDS: Readonly<Record<PackageRequest['status'], string>> = {
  pending: 'waiting',
  fetching: 'being fetched',
  completed: 'planted',
  failed: 'failed',
  cancelled: 'cancelled',
};

/** How far a request is; by words and form as well as by colour. */
export function StatusBadge({ status }: Pick<PackageRequest, 'status'>): ReactNode {
  return (
    <span className="status" data-status={status}>
      {WORDS[status]}
    </span>
  );
}
