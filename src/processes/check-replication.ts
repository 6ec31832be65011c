import { answersInTime } from '../postgres/answers-in-time.ts';
import { connectionFailure } from '../postgres/connection-failure.ts';
import { parseDatabaseUrl } from '../postgres/database-url.ts';
import { ProblemError } from '../report/problem.ts';

interface Facts {
  readonly walLevel: string;
  readonly mayReplicate: boolean;
  /** Existing publications, and whether each publishes every kind of change. */
  readonly publications: readonly { readonly name: string; readonly whole: boolean }[];
}

/**
 * Checks whether zero-cache can replicate a database, because zero-cache itself fails with
 * pages of logs. Reports all problems at once.
 */
export async function checkReplication(
  upstream: string,
  publications: readonly string[] = [],
): Promise<void> {
  // Without the driver, zero-cache reports the problem itself.
  const driver = await import('postgres').catch(() => undefined);
  if (driver === undefined) return;
  const { href, database, place, connectTimeout } = parseDatabaseUrl(upstream, 'upstream');
  const sql = driver.default(href, {
    max: 1,
    database,
    connect_timeout: connectTimeout / 1000,
    onnotice: () => {},
  });
  try {
    await answersInTime(sql, connectTimeout);
    const [facts] = await sql<[Facts]>`
      select current_setting('wal_level') as "walLevel",
        (rolsuper or rolreplication) as "mayReplicate",
        (select coalesce(jsonb_agg(jsonb_build_object('name', pubname,
           'whole', pubinsert and pubupdate and pubdelete and pubtruncate)), '[]')
         from pg_publication where pubname = any (${[...publications]}::text[])) as publications
      from pg_roles where rolname = current_user`;
    const lacks = shortcomings(facts, publications);
    if (lacks.length === 0) return;
    throw new ProblemError({
      code: 'stack/upstream',
      message: `zero-cache cannot replicate this Postgres: ${lacks.map(({ lack }) => lack).join('; ')}.`,
      context: [place],
      fix: lacks.map(({ fix }) => fix).join('\n'),
    });
  } catch (error) {
    throw connectionFailure(error, place);
  } finally {
    await sql.end({ timeout: 1 });
  }
}

function shortcomings(
  { walLevel, mayReplicate, publications }: Facts,
  wanted: readonly string[],
): readonly { readonly lack: string; readonly fix: string }[] {
  const lacks: { lack: string; fix: string }[] = [];
  if (walLevel !== 'logical') {
    lacks.push({
      lack: `wal_level is ${walLevel}`,
      fix: "start it with wal_level = logical: startPostgres({ settings: { wal_level: 'logical' } }).",
    });
  }
  if (!mayReplicate) {
    lacks.push({ lack: 'the role may not replicate', fix: 'alter role … with replication.' });
  }
  for (const name of wanted) {
    const found = publications.find((one) => one.name === name);
    const quoted = `"${name.replaceAll('"', '""')}"`;
    if (found === undefined) {
      lacks.push({
        lack: `there is no publication ${quoted}`,
        fix: `run the migrations that create it, or: create publication ${quoted} for table …;`,
      });
    } else if (!found.whole) {
      lacks.push({
        lack: `the publication ${quoted} omits some kinds of changes`,
        fix: `alter publication ${quoted} set (publish = 'insert, update, delete, truncate');`,
      });
    }
  }
  return lacks;
}
