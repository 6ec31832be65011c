/** Another connection that holds a lock. Fields that our role may not see are `null`. */
export interface Blocker {
  readonly pid: number;
  readonly applicationName: string | null;
  readonly user: string | null;
  /** Start of its transaction, ISO 8601. */
  readonly since: string | null;
  readonly query: string | null;
}

/** The columns of `pg_stat_activity a` for a {@link Blocker}, except the pid. */
export const blockerColumns = `
  nullif(a.application_name, '') as "applicationName",
  a.usename as "user",
  to_char(coalesce(a.xact_start, a.state_change) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as since,
  nullif(a.query, '') as query`;

/** Formats a blocker as one line, for example `pid 812 (psql, user ada, since 2026-01-01T…): update …`. */
export function showBlocker(blocker: Blocker): string {
  // Postgres reports a prepared transaction, which no process holds, as pid 0.
  if (blocker.pid === 0) return 'a prepared transaction (see pg_prepared_xacts)';
  const about = [
    blocker.applicationName,
    blocker.user === null ? null : `user ${blocker.user}`,
    blocker.since === null ? null : `since ${blocker.since}`,
  ].filter((part) => part !== null);
  const query = blocker.query?.replaceAll(/\s+/g, ' ').trim();
  return [
    `pid ${blocker.pid}`,
    about.length === 0 ? '' : ` (${about.join(', ')})`,
    query === undefined ? '' : `: ${query.length > 120 ? `${query.slice(0, 119)}…` : query}`,
  ].join('');
}

/** The fix of a problem with blockers. */
export function fixBlocked(blockers: readonly Blocker[]): string {
  const pids = blockers.map((blocker) => blocker.pid).filter((pid) => pid !== 0);
  const end = pids.map((pid) => `select pg_terminate_backend(${pid});`).join(' ');
  return `wait until that transaction ends${end === '' ? '' : ` (or end it: ${end})`}, then run this again; --lock-timeout waits longer.`;
}
