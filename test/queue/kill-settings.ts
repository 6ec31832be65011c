import type { QueueSettings } from '../../src/apps/garden/queue/settings.ts';

/** Short times, so that leases of killed workers expire during the test. */
export const killSettings: Partial<QueueSettings> = {
  lease: 4000,
  poll: 300,
  attempts: 50,
  backoffBase: 20,
  backoffCap: 200,
};
