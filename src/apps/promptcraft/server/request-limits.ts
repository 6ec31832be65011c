import { eq } from 'drizzle-orm';
import { tokenBucket, type Taken } from '../../../limits/token-bucket.ts';
import type { LimitDatabase } from '../../../limits/run-statement.ts';
import type { AnyDatabase } from '../../../postgres/any-database.ts';
import { apiProviders } from '../tables/api-providers.ts';
import { rateLimits } from '../tables/rate-limits.ts';
import type { ApiKeyOf } from './api-keys.ts';

const [MINUTE, DAY] = [60_000, 86_400_000];
const perMinute = /* @__PURE__ */ tokenBucket(rateLimits, {
  name: 'minute',
  capacity: 1,
  refill: 1,
  per: MINUTE,
});
const perDay = /* @__PURE__ */ tokenBucket(rateLimits, {
  name: 'day',
  capacity: 1,
  refill: 1,
  per: DAY,
});

/**
 * Takes one request of a user from the limits of a provider, per minute and per day. Returns
 * undefined for an unknown provider, or one that is switched off. Run it as the server.
 */
export async function takeRequest(
  db: AnyDatabase & LimitDatabase,
  { userId, provider }: ApiKeyOf,
): Promise<Taken | undefined> {
  const [limits] = await db
    .select({
      isEnabled: apiProviders.isEnabled,
      minute: apiProviders.maxRequestsPerMinute,
      day: apiProviders.maxRequestsPerDay,
    })
    .from(apiProviders)
    .where(eq(apiProviders.name, provider));
  if (limits?.isEnabled !== true) return undefined;
  const key = `${provider}:${userId}`;
  const bucket = (capacity: number, per: number) => ({
    limit: { capacity, refill: capacity, per },
  });
  // A request that the minute refuses does not count for the day.
  const now = await perMinute.take(db, key, bucket(limits.minute, MINUTE));
  return now.allowed ? perDay.take(db, key, bucket(limits.day, DAY)) : now;
}
