import postgres, { type Sql } from 'postgres';
import { GARDEN_ROLE } from '../../../src/apps/garden/access.ts';
import { migrate } from '../../../src/migrations/index.ts';
import { startPostgres } from '../../../src/processes/postgres-server.ts';
import { compareTimes } from '../../frame/compare-times.ts';
import type { Contestant } from '../../frame/contest.ts';
import type { Context, Measurement } from '../../frame/suite.ts';
import { commonReads, type CommonRead, type Sample } from './common-reads.ts';
import { loadCatalogue } from './load-catalogue.ts';
import { gardenMigrations } from '../../../src/apps/garden/migrations-folder.ts';

/** Reads per batch. Each has different parameters, so that no page is always in the cache. */
const SAMPLES = 200;

/** A role with the same privileges, to which no policy applies. */
const UNRESTRICTED = 'garden_user_without_policies';

/**
 * The most common reads of a user, with and without row-level security. One session alternates
 * between both roles. With two sessions, one could have the better core or memory throughout.
 */
export async function* measureRls(context: Context): AsyncGenerator<Measurement, void> {
  const { contest, progress } = context;
  progress('starting Postgres');
  await using server = await startPostgres({ settings: { shared_buffers: '2GB', jit: 'off' } });
  const url = await server.createDatabase();
  await migrate(url, { folder: gardenMigrations });
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    await loadCatalogue(sql, progress);
    const samples = await drawSamples(sql);
    await bringToken(sql, samples[0]?.account_id ?? '');
    await sql.unsafe(`create role ${UNRESTRICTED} bypassrls in role ${GARDEN_ROLE}`);
    const as =
      (role: string) =>
      (read: Asked): Contestant =>
        reader(sql, role, read, samples);
    const [restricted, unrestricted] = [as(GARDEN_ROLE), as(UNRESTRICTED)];
    for (const read of commonReads) {
      progress(read.name);
      const times = await contest(
        { guarded: restricted(read), bare: unrestricted(read) },
        { rounds: 31, minimumMs: 40 },
      );
      yield compareTimes(read.name, times.guarded, times.bare, 'at most 1.15');
      if (read.byHand !== undefined) {
        // The cost of the rule itself. No policy can be cheaper.
        const byHand = { ...read, text: read.byHand };
        const floor = await contest(
          { guarded: restricted(read), byHand: unrestricted(byHand) },
          { rounds: 31, minimumMs: 40 },
        );
        yield compareTimes(`${read.name}, RLS / rule by hand`, floor.guarded, floor.byHand);
      }
      if (read.least !== undefined) {
        // If this exceeds the target, no rule with such a condition can meet it.
        const least = { ...read, text: read.least };
        const times = await contest(
          { least: unrestricted(least), bare: unrestricted(read) },
          { rounds: 31, minimumMs: 40 },
        );
        yield compareTimes(`${read.name}, minimal condition / none`, times.least, times.bare);
      }
    }
    await sql.unsafe(`set role ${GARDEN_ROLE}`);
    await showPlans(sql, samples, progress);
  } finally {
    await sql.end();
  }
}

/** Sets the claims for the session. A server sets them per transaction. */
async function bringToken(sql: Sql, account: string): Promise<void> {
  const claims = JSON.stringify({ sub: account, roles: [] });
  await sql`select set_config('request.jwt.claims', ${claims}, false)`;
}

async function drawSamples(sql: Sql): Promise<readonly Sample[]> {
  return sql<Sample[]>`
    select p.id as package_id, p.name, p.registry, left(p.name, 11) as prefix, left(p.name, 11) || chr(127) as prefix_end, v.id as version_id,
      t.id as tag_id, (select id from account limit 1) as account_id, p.created_at::text
    from numbered n join packages p using (id)
    join lateral (select id from package_versions where package_id = p.id limit 1) v on true
    join lateral (select tag_id as id from package_tags where package_id = p.id limit 1) t on true
    where n.n % 100 <> 0 order by md5(n.n::text) limit ${SAMPLES}`;
}

type Asked = Pick<CommonRead, 'text' | 'parameters'>;

/**
 * Runs a read as a prepared statement with the next sample each time. The role is part of the text,
 * because a statement shared by two roles would be planned again on each change.
 */
function reader(sql: Sql, role: string, read: Asked, samples: readonly Sample[]): Contestant {
  const text = `/* ${role} */ ${read.text}`;
  let at = 0;
  return {
    before: () => sql.unsafe(`set role ${role}`),
    run: () => {
      const sample = samples[at % samples.length]!;
      at += 1;
      return sql.unsafe(text, parametersOf(read, sample), { prepare: true });
    },
  };
}

const parametersOf = (read: Asked, sample: Sample): string[] =>
  read.parameters.map((name) => sample[name]);

/** Prints the plans of the guarded reads, for the analysis of a slow one. */
async function showPlans(
  sql: Sql,
  samples: readonly Sample[],
  progress: (text: string) => void,
): Promise<void> {
  const sample = samples[1]!;
  for (const read of commonReads) {
    const rows = await sql.unsafe(
      `explain (analyze, buffers, costs off, timing off, summary off) ${read.text}`,
      parametersOf(read, sample),
    );
    const plan = rows.map((row) => `  ${String(Object.values(row)[0])}`).join('\n');
    progress(`plan of ${read.name}\n${plan}`);
  }
}
