/** Another connection that holds a lock. What its role may not see is `null`. */
export interface Blocker {
  readonly pid: number;
  readonly applicationName: string | null;
  readonly user: string | null;
  /** When its transaction began, ISO 8601. */
  readonly since: string | null;
  readonly query: string | null;
}

/** The columns of `pg_stat_activity a` that make a {@link Blocker}, besides the pid. */
export const blockerColumns = `
  nullif(a.application_name, '') as "applicationName",
  a.usename as "user",
  to_char(coalesce(a.xact_start, a.state_change) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as since,
  nullif(a.query, '') as query`;

/** One line about a blocker, for example `pid 812 (psql, user ada, since 2026-01-01T…): update …`. */
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

/** How to get rid of them. */
export function fixBlocked(blockers: readonly Blocker[]): string {
  const pids = blockers.map((blocker) => blocker.pid).filter((pid) => pid !== 0);
  const end = pids.map((pid) => `select pg_terminate_backend(${pid});`).join(' ');
  return `let that transaction end${end === '' ? '' : ` (or end it: ${end})`}, then run this again; --lock-timeout waits longer.`;
}
