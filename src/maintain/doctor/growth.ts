import type { DoctorLimits } from './doctor-limits.ts';
import type { DoctorFinding } from './examine.ts';
import { OWN } from './own-relations.ts';
import type { Patient } from './patient.ts';

/** The sizes of a database at one time. */
export interface Sizes {
  /** ISO 8601. */
  readonly at: string;
  readonly bytes: number;
  /** Bytes by table, with its indexes: `public.notes`. */
  readonly tables: Readonly<Record<string, number>>;
}

/** The facts that every report starts with. */
export interface DatabaseFacts extends Sizes {
  readonly version: string;
  /** The login role. */
  readonly role: string;
  readonly superuser: boolean;
  readonly encrypted: boolean | null;
  readonly connections: number;
  readonly maxConnections: number;
  /** Share of blocks that were read from memory; null if none were read. */
  readonly cacheHits: number | null;
}

/** Reads the facts, and the sizes of all tables. */
export async function readFacts(patient: Patient): Promise<DatabaseFacts> {
  const [row] = await patient.query<{ readonly facts: string }>(FACTS);
  return JSON.parse(String(row?.facts)) as DatabaseFacts;
}

const FACTS = `
  with ${OWN}
  select json_build_object(
    'at', to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
    'bytes', pg_database_size(current_database()),
    'tables', (select coalesce(json_object_agg(schema || '.' || name, pg_total_relation_size(oid)), '{}')
      from own where kind in ('r', 'm')),
    'version', split_part(current_setting('server_version'), ' ', 1),
    'role', current_user,
    'superuser', current_setting('is_superuser') = 'on',
    'encrypted', (select ssl from pg_stat_ssl where pid = pg_backend_pid()),
    'connections', (select sum(numbackends) from pg_stat_database),
    'maxConnections', current_setting('max_connections')::int,
    'cacheHits', (select round(blks_hit::numeric / nullif(blks_hit + blks_read, 0), 4)
      from pg_stat_database where datname = current_database())
  )::text as facts`;

/** The growth of a table since the last run. */
export interface Growth {
  readonly table: string;
  readonly before: number;
  readonly now: number;
}

/** The tables that grew, the largest growth first. */
export const growthSince = (before: Sizes, now: Sizes): readonly Growth[] =>
  Object.entries(now.tables)
    .map(([table, bytes]) => ({ table, before: before.tables[table] ?? 0, now: bytes }))
    .filter((one) => one.now > one.before)
    .toSorted((a, b) => b.now - b.before - (a.now - a.before));

/** Tables that grew much more than the limits. A new table has no growth to judge. */
export function judgeGrowth(
  before: Sizes,
  now: Sizes,
  { growthBytes, growthFactor }: Pick<DoctorLimits, 'growthBytes' | 'growthFactor'>,
): readonly DoctorFinding[] {
  return growthSince(before, now)
    .filter(
      (one) =>
        one.before > 0 &&
        one.now - one.before >= growthBytes &&
        one.now >= growthFactor * one.before,
    )
    .map((one) => ({
      severity: 'warning',
      code: 'doctor/growth',
      group: 'health',
      object: one.table,
      message: `${one.table} grew from ${megabytes(one.before)} to ${megabytes(one.now)} since ${before.at}.`,
      evidence: `pg_total_relation_size: ${one.now} bytes, before ${one.before}`,
      fix: 'declare how long its rows are kept with retain(), or partition it, if the growth is not expected.',
    }));
}

const megabytes = (bytes: number): string => `${(bytes / 1024 ** 2).toFixed(1)} MB`;
