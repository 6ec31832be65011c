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

/** Reads in one measured batch; each with parameters of its own, so that no page is always the hot one. */
const SAMPLES = 200;

/** Has the rights of the role that the policies hold, and no policy holds it. */
const UNHELD = 'garden_user_without_policies';

/**
 * The garden's commonest reads as a person, with row-level security, against the same
 * without. One session asks for all, under the one role and the other by turns: of two,
 * one would have the better core, or memory, throughout.
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
    await sql.unsafe(`create role ${UNHELD} bypassrls in role ${GARDEN_ROLE}`);
    const as =
      (role: string) =>
      (read: Asked): Contestant =>
        reader(sql, role, read, samples);
    const [held, unheld] = [as(GARDEN_ROLE), as(UNHELD)];
    for (const read of commonReads) {
      progress(read.name);
      const times = await contest(
        { guarded: held(read), bare: unheld(read) },
        { rounds: 31, minimumMs: 40 },
      );
      yield compareTimes(read.name, times.guarded, times.bare, 'at most 1.15');
      if (read.byHand !== undefined) {
        // What the rule itself costs, whoever asks for it: no policy can be cheaper.
        const byHand = { ...read, text: read.byHand };
        const floor = await contest(
          { guarded: held(read), byHand: unheld(byHand) },
          { rounds: 31, minimumMs: 40 },
        );
        yield compareTimes(`${read.name}, RLS / rule by hand`, floor.guarded, floor.byHand);
      }
      if (read.least !== undefined) {
        // Where this is beyond the target, no rule that asks so can meet it.
        const least = { ...read, text: read.least };
        const times = await contest(
          { least: unheld(least), bare: unheld(read) },
          { rounds: 31, minimumMs: 40 },
        );
        yield compareTimes(`${read.name}, least question / none`, times.least, times.bare);
      }
    }
    await sql.unsafe(`set role ${GARDEN_ROLE}`);
    await showPlans(sql, samples, progress);
  } finally {
    await sql.end();
  }
}

/** The claims hold for the session; a server would set them for each transaction. */
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
 * One read after the other, each prepared once, with the next sample every time. The
 * role stands in the text: a statement of two roles would be planned anew with each turn.
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

/** The plans of the guarded reads, as the issue of a slow one would need them. */
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
