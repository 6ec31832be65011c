import type { SyncedPackageRequest } from '@techgarden/schema/garden/zero';

/** How far a request is, as people say it. */
export const statusWords: Readonly<Record<SyncedPackageRequest['status'], string>> = {
  pending: 'waiting',
  fetching: 'being fetched',
  completed: 'planted',
  failed: 'failed',
  cancelled: 'cancelled',
};
