import type { Sql } from 'postgres';
import { MCP_ROLE } from '../../../src/apps/mcp/server/index.ts';
import { compareTimes } from '../../frame/compare-times.ts';
import type { Contestant } from '../../frame/contest.ts';
import type { Context, Measurement } from '../../frame/suite.ts';
import { functionByHand } from './function-by-hand.ts';
import type { LoadedPackages, Sample } from './with-packages.ts';

/** The rule of packages as an expert would write it into each query. $2 is the user. */
const BY_HAND = `(p.user_id = $2 or p.visibility = 'public' or (p.visibility = 'shared' and exists (
  select from package_shares s where s.package_id = p.id and s.user_id = $2)))`;

const COLUMNS = `p.id, p.user_id, p.name, p.description, p.language, p.tags, p.relevant_files_pattern, p.metadata, p.created_at, p.updated_at`;
const NEWEST = 'order by p.updated_at desc, p.id desc limit 20';

interface Read {
  /** With $1 as its parameter. */
  readonly where: string;
  readonly order: string;
  readonly parameter: (sample: Sample) => string;
}

/** Reads of the table itself, in which the policies apply. */
const READS: Readonly<Record<string, Read>> = {
  'a package by its id': { where: 'p.id = $1', order: '', parameter: ({ id }) => id },
  "a user's packages": { where: 'p.user_id = $1', order: NEWEST, parameter: ({ user }) => user },
  'the public packages': {
    where: 'p.visibility = $1',
    order: NEWEST,
    parameter: () => 'public',
  },
  'the packages of a category': {
    where: 'p.category_id = $1',
    order: 'order by p.id limit 50',
    parameter: ({ category }) => category,
  },
};

/** Calls of the search, with $1 as the parameter. */
const SEARCHES: Readonly<Record<string, Pick<Read, 'parameter'> & { readonly call: string }>> = {
  'search: last changed': { call: "(in_language => nullif($1, ''))", parameter: () => '' },
  'search: words': { call: '(words => $1)', parameter: ({ word }) => word },
  'search: a tag': { call: '(any_tags => array[$1])', parameter: ({ tag }) => tag },
  'search: words in all packages': {
    call: "(words => $1, scope => 'all')",
    parameter: ({ word }) => word,
  },
};

/**
 * Reads as a user, to whom the policies apply, against the same reads as the owner with the rule by
 * hand. One session alternates between both, as in access/measure-rls.ts.
 */
export async function* measureRules(
  { contest, progress }: Context,
  { big: { sql, samples } }: LoadedPackages,
): AsyncGenerator<Measurement, void> {
  await sql`select set_config('request.jwt.claims', ${JSON.stringify({ sub: samples[0]!.user })}, false)`;
  const byHand = await functionByHand(sql, BY_HAND.replaceAll('$2', '$16'));
  const user = samples[0]!.user;
  const of = (parameter: Read['parameter'], ...own: readonly string[]) => ({
    sql,
    samples,
    parameters: (sample: Sample) => [parameter(sample), ...own],
  });
  for (const [name, { call, parameter }] of Object.entries(SEARCHES)) {
    progress(`rules: ${name}`);
    const guarded = `select * from search_packages${call}`;
    const owner = `select * from ${byHand}${call}`;
    const times = await contest(
      {
        guarded: reader({ ...of(parameter), role: MCP_ROLE, text: guarded }),
        owner: reader({ ...of(parameter), role: 'none', text: owner }),
      },
      { rounds: 41, minimumMs: 40 },
    );
    yield compareTimes(`${name}, rules / by hand`, times.guarded, times.owner, 'at most 1.05');
  }
  // The policies themselves, which every statement evaluates anew.
  for (const [name, { where, order, parameter }] of Object.entries(READS)) {
    progress(`policies: ${name}`);
    const guarded = `select ${COLUMNS} from packages p where ${where} ${order}`;
    const owner = `select ${COLUMNS} from packages p where ${where} and ${BY_HAND} ${order}`;
    const times = await contest(
      {
        guarded: reader({ ...of(parameter), role: MCP_ROLE, text: guarded }),
        owner: reader({ ...of(parameter, user), role: 'none', text: owner }),
      },
      { rounds: 31, minimumMs: 40 },
    );
    yield compareTimes(`${name}, policies / by hand`, times.guarded, times.owner);
  }
  await sql`set role none`;
}

interface Reader {
  readonly sql: Sql;
  readonly role: string;
  readonly text: string;
  readonly samples: readonly Sample[];
  readonly parameters: (sample: Sample) => string[];
}

/** Runs a statement as a role, prepared, with the next sample each time. */
function reader({ sql, role, text, samples, parameters }: Reader): Contestant {
  let at = 0;
  return {
    before: () => sql.unsafe(`set role ${role}`),
    run: () => {
      const sample = samples[at % samples.length]!;
      at += 1;
      return sql.unsafe(text, parameters(sample), { prepare: true });
    },
  };
}
