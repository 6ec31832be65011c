import type { SyncedPackageRequest } from '@techgarden/schema/garden/zero';

/** Labels of request statuses. */
export const statusWords: Readonly<Record<SyncedPackageRequest['status'], string>> = {
  pending: 'waiting',
  fetching: 'being fetched',
  completed: 'planted',
  failed: 'failed',
  cancelled: 'cancelled',
};
