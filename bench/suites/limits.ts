import type { Suite } from '../frame/suite.ts';

export const suite: Suite = {
  name: 'limits',
  summary: 'token bucket against handwritten statements; a million random tries; reservations',
  async *run(context) {
    const { measureBucket } = await import('./limits/measure-bucket.ts');
    yield* measureBucket(context);
  },
};
