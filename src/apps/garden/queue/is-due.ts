import { sql } from 'drizzle-orm';
import type { Registry } from '../tables/registry.ts';
import { rowsOf } from '../../../postgres/rows-of.ts';
import { arrayText, type QueueDatabase } from './queue-database.ts';

/** Whether any request is due. Includes rows that are locked at the moment, which a claim skips. */
export async function isDue(
  db: QueueDatabase,
  registries: readonly Registry[],
  attempts: number,
): Promise<boolean> {
  const [row] = await rowsOf<{ readonly due: boolean }>(
    db,
    sql`select exists (
      select from public.package_requests q
      where q.is_active and q.registry = any (${arrayText(registries)}::text::text[])
        and q.run_at <= clock_timestamp()
        and (q.status = 'pending'
          or (q.locked_until <= clock_timestamp() and q.attempt_count < ${attempts}))
    ) as due`.inlineParams(),
  );
  return row?.due === true;
}
