import { sql } from 'drizzle-orm';
import { rowsOf } from '../../../postgres/rows-of.ts';
import type { QueueDatabase } from './queue-database.ts';
import { settingsWith, type QueueSettings } from './settings.ts';

/**
 * Deletes finished requests that are older than `settings.keep`, at most `limit` per call. Repeat
 * until it returns less than `limit`.
 */
export async function prune(
  db: QueueDatabase,
  settings?: Partial<QueueSettings>,
  limit = 1000,
): Promise<number> {
  const { keep } = settingsWith(settings);
  const rows = await rowsOf(
    db,
    sql`delete from public.package_requests where ctid = any(array(
      select ctid from public.package_requests
      where is_auto_queued in (true, false) and not is_active
        and created_at < statement_timestamp() - make_interval(secs => ${keep / 1000})
      limit ${limit} for update skip locked)) returning id`.inlineParams(),
  );
  return rows.length;
}
