import { bigint } from 'drizzle-orm/pg-core';
import {
  companionSql,
  id,
  maxLength,
  pgTable,
  role,
  serverOnly,
  sortedText,
  uniqueOn,
  unlogged,
} from '../../../kit/index.ts';
import { access } from '../access.ts';

/** Token buckets: how many requests of a user each provider still accepts. For the server only. */
export const rateLimits = pgTable(
  'rate_limits',
  {
    // tokenBucket() does not know this column.
    id: id().defaultRandom(),
    key: serverOnly(sortedText('key').notNull()),
    fullAt: serverOnly(bigint('full_at', { mode: 'bigint' }).notNull()),
  },
  (t) => [uniqueOn(t.key), maxLength(t.key, 300), ...access(t, { read: role('admin') })],
).enableRLS();

export const rateLimitStorage = /* @__PURE__ */ companionSql(...unlogged(rateLimits));
