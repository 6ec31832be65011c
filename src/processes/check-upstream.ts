import { answersInTime } from '../postgres/answers-in-time.ts';
import { connectionFailure } from '../postgres/connection-failure.ts';
import { parseDatabaseUrl } from '../postgres/database-url.ts';
import { importPeer } from '../report/missing-package.ts';
import { ProblemError } from '../report/problem.ts';

/** Facts about a Postgres that this program did not start. */
interface Upstream {
  readonly version: number;
  readonly shown: string;
  readonly walLevel: string;
  readonly mayReplicate: boolean;
  readonly mayCreate: boolean;
  readonly bypassesRls: boolean;
  readonly hasRole: boolean;
  readonly freeSlots: number;
}

interface UpstreamCheck {
  /** The database role that user requests run as, if there is one. */
  readonly role: string | undefined;
  /** The source of the address, for messages. */
  readonly source?: string | undefined;
}

/**
 * Checks whether a database can be synced, and reports all problems at once. Returns its
 * version.
 */
export async function checkUpstream(
  url: string,
  { role, source = 'DATABASE_URL' }: UpstreamCheck,
): Promise<string> {
  const { href, database, place, connectTimeout } = parseDatabaseUrl(url, source);
  const { default: postgres } = await importPeer('checkUpstream()', () => import('postgres'));
  const sql = postgres(href, {
    max: 1,
    database,
    connect_timeout: connectTimeout / 1000,
    onnotice: () => {},
  });
  try {
    await answersInTime(sql, connectTimeout);
    const [found] = await sql<[Upstream]>`
      select current_setting('server_version_num')::int as version,
        current_setting('server_version') as shown,
        current_setting('wal_level') as "walLevel",
        (rolsuper or rolreplication) as "mayReplicate",
        (rolsuper or has_database_privilege(current_database(), 'CREATE')) as "mayCreate",
        (rolsuper or rolbypassrls) as "bypassesRls",
        (${role ?? null}::text is null or rolsuper or rolcreaterole or exists (
          select from pg_roles where rolname = ${role ?? null} and pg_has_role(current_user, oid, 'MEMBER')
        )) as "hasRole",
        current_setting('max_replication_slots')::int
          - (select count(*)::int from pg_replication_slots) as "freeSlots"
      from pg_roles where rolname = current_user`;
    const lacks = shortcomings(found, role);
    if (lacks.length === 0) return found.shown;
    throw new ProblemError({
      code: 'stack/upstream',
      message: `this Postgres cannot be synced: ${lacks.map(({ lack }) => lack).join('; ')}.`,
      context: [place],
      fix: lacks.map(({ fix }) => fix).join('\n'),
    });
  } catch (error) {
    throw connectionFailure(error, place);
  } finally {
    await sql.end({ timeout: 1 });
  }
}

function shortcomings(found: Upstream, appRole = ''): readonly { lack: string; fix: string }[] {
  const role = 'alter role … with';
  const all = [
    {
      lacks: found.version < 150_000,
      lack: `it is version ${found.shown}`,
      fix: 'use Postgres 15 or newer.',
    },
    {
      lacks: found.walLevel !== 'logical',
      lack: `wal_level is ${found.walLevel}`,
      fix: "alter system set wal_level = 'logical', and restart the server.",
    },
    {
      lacks: !found.mayReplicate,
      lack: 'the role may not replicate',
      fix: `${role} replication (some hosts require a special role instead).`,
    },
    {
      lacks: !found.mayCreate,
      lack: 'the role may not create schemas and publications',
      fix: 'grant create on database … to it, or use the owner of the database.',
    },
    {
      lacks: !found.bypassesRls,
      lack: 'the role is subject to row-level security, so zero-cache would copy empty tables',
      fix: `${role} bypassrls.`,
    },
    {
      lacks: !found.hasRole,
      lack: `the role may not create the role ${appRole}, which user requests run as`,
      fix: `${role} createrole, or as a superuser: create role ${appRole} nologin; grant ${appRole} to it.`,
    },
    {
      lacks: found.freeSlots < 1,
      lack: 'all replication slots are taken',
      fix: 'raise max_replication_slots, or drop an unused one.',
    },
  ];
  return all.filter(({ lacks }) => lacks);
}
