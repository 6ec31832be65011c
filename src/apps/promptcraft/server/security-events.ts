import { sql } from 'drizzle-orm';
import { newId } from '../../../kit/index.ts';
import type { AnyDatabase } from '../../../postgres/any-database.ts';
import { rowsOf } from '../../../postgres/rows-of.ts';
import {
  securityEvents,
  type SecurityDetails,
  type SecurityEventKind,
} from '../tables/security-events.ts';

export interface RecordedEvent {
  readonly kind: SecurityEventKind;
  /** The claim `sub`; absent for a principal who is not signed in. */
  readonly userId?: string | undefined;
  /** What was attempted. */
  readonly action?: string;
  /** Never a token, a key or the content of a row. */
  readonly details?: SecurityDetails;
}

/** Writes a security event. Run it as the server, because users cannot write events. */
export async function recordSecurityEvent(db: AnyDatabase, event: RecordedEvent): Promise<void> {
  const { kind, userId, action, details } = event;
  await db.insert(securityEvents).values({
    id: newId(),
    kind,
    userId: userId ?? null,
    action: action?.slice(0, 200) ?? null,
    details: details ?? null,
    createdAt: new Date(),
  });
}

/**
 * Counts reads and denials of a user on the present day. A user without a row in `users` is not
 * counted.
 */
export async function countActivity(
  db: AnyDatabase,
  userId: string,
  { reads = 0, denials = 0 }: { readonly reads?: number; readonly denials?: number },
): Promise<void> {
  await db.execute(sql`
    insert into principal_activity as a (id, user_id, day, reads, denials)
    select ${newId()}::uuid, u.id, (now() at time zone 'UTC')::date, ${reads}::int, ${denials}::int
    from users u where u.id = ${userId}::uuid
    on conflict (user_id, day) do update
    set reads = a.reads + excluded.reads, denials = a.denials + excluded.denials`);
}

/** A user whose reads or denials are unusual. */
export interface UnusualActivity {
  readonly userId: string;
  readonly kind: 'unusual_reads' | 'unusual_denials';
  readonly count: number;
  /** The user's own median of the 30 days before. */
  readonly median: number;
}

/** Fewer active days say little about what is usual. */
const MIN_DAYS = 5;

/**
 * Reports users whose reads or denials of a day exceed ten times their own median of the 30 days
 * before, as security events: one a day for each user and kind. The median is over days with
 * activity, at least five, and counts as at least one. Run it as the server, more than once a day.
 */
export async function reportUnusualActivity(
  db: AnyDatabase,
  day: Date = new Date(),
): Promise<readonly UnusualActivity[]> {
  const date = day.toISOString().slice(0, 10);
  const found = await rowsOf<Record<'user_id' | 'kind' | 'count' | 'median', string>>(
    db,
    sql`
    with today as (
      select a.user_id, one.kind, one.count from principal_activity a,
        lateral (values ('unusual_reads', a.reads), ('unusual_denials', a.denials)) one (kind, count)
      where a.day = ${date}::date and one.count > 0
    ), usual as (
      select t.user_id, t.kind, t.count, count(*) as days, percentile_cont(0.5) within group (
          order by case t.kind when 'unusual_reads' then b.reads else b.denials end
        ) as median
      from today t join principal_activity b on b.user_id = t.user_id
        and b.day >= ${date}::date - 30 and b.day < ${date}::date
      group by 1, 2, 3
    )
    insert into security_events (id, kind, user_id, action, details, created_at)
    select gen_random_uuid(), u.kind, u.user_id, null,
      jsonb_build_object('day', ${date}::text, 'count', u.count, 'median', u.median), now()
    from usual u
    where u.days >= ${MIN_DAYS} and u.count > 10 * greatest(u.median, 1) and not exists (
      select from security_events e where e.kind = u.kind and e.user_id = u.user_id
        and e.details ->> 'day' = ${date}::text
    )
    returning user_id, kind, details ->> 'count' as count, details ->> 'median' as median`,
  );
  return found.map(({ user_id: userId, kind, count, median }) => ({
    userId,
    kind: kind as UnusualActivity['kind'],
    count: Number(count),
    median: Number(median),
  }));
}
