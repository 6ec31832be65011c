import type { TableSearch } from '../../model/row-search.ts';
import type { Operation } from '../../model/rule.ts';
import { readSearches } from '../../read/drizzle/read-searches.ts';
import { importPeer } from '../../report/missing-package.ts';
import type { AccessComparison, CompareAccessOptions } from './access-comparison.ts';
import { comparisonLines } from './comparison-lines.ts';
import type { Enforcer } from './enforcer.ts';
import { requireVersions } from '../../report/require-versions.ts';
import { guardedReadEnforcers, mutationGuardEnforcer } from './guard-enforcers.ts';
import { namedIn } from './named-in.ts';
import { PostgresWorld } from './postgres-world.ts';
import { relaxTables } from './relax-tables.ts';
import { rlsEnforcer, type RoleOf } from './rls-enforcer.ts';
import { RuleCoverage } from './rule-coverage.ts';
import { searchCounts, searchEnforcer } from './search-enforcer.ts';
import { showDisagreement } from './show-disagreement.ts';
import type { WrongWorld } from './shrink-world.ts';

/**
 * Tests the access rules with random rows and principals: compares your database,
 * `guardSql`, and `guardQuery` on both of Zero's paths with the meaning of the rules.
 * Throws the first difference, shrunk. The rows have values in the columns that rules
 * may test. Constraints and triggers are disabled during the comparison, so the
 * connection must be a superuser's.
 *
 * @example
 * await using test = await testDatabase({ folder: 'drizzle' });
 * await compareAccess({ client: test.client, rules, cases: 500 });
 */
export async function compareAccess(options: CompareAccessOptions): Promise<AccessComparison> {
  const { schema = {} } = options;
  const { comparison, wrong } = await findDisagreement(options, readSearches(schema));
  if (!wrong) {
    for (const line of comparisonLines(comparison)) options.print?.(line);
    return comparison;
  }
  throw new Error(`${showDisagreement(wrong.world, wrong.found)}\nseed ${comparison.seed}`);
}

/** The comparison of {@link compareAccess}, with the first difference as data. */
export async function findDisagreement(
  options: Omit<CompareAccessOptions, 'schema' | 'print'>,
  searches: readonly TableSearch[],
): Promise<{ readonly comparison: AccessComparison; readonly wrong: WrongWorld | undefined }> {
  requireVersions(['drizzle-orm', '@rocicorp/zero', 'fast-check']);
  const { client, rules, enforcers = [], questions, milliseconds } = options;
  const role = roleOf(options);
  const limited = questions !== undefined || milliseconds !== undefined;
  const { cases = limited ? Infinity : 500 } = options;
  // Imported here, because only this comparison needs fast-check.
  const { compareEnforcers } = await importPeer(
    'compareAccess()',
    () => import('./compare-enforcers.ts'),
  );
  const seed = options.seed ?? Math.floor(Math.random() * 2 ** 31);
  const postgres = new PostgresWorld(client, { existing: true });
  await client.exec('begin');
  try {
    const tables = await relaxTables(client, rules);
    const { pools, joins } = namedIn(rules);
    const counts = searchCounts(searches, rules);
    const all = [
      rlsEnforcer('the database', { postgres, role }),
      ...(counts.size > 0 ? [searchEnforcer({ postgres, searches, role, counts })] : []),
      mutationGuardEnforcer(postgres),
      ...(await guardedReadEnforcers(postgres, tables)),
      ...enforcers,
    ];
    const coverage = new RuleCoverage(rules);
    const { tally, wrong } = await compareEnforcers({
      plan: {
        tables,
        joins,
        claims: rules.claims,
        rules,
        meets: pools,
        // Supabase's own function reads the subject, and fails if it is not a uuid.
        ...(options.preset === 'supabase' && { sound: ['sub'] }),
      },
      enforcers: [counting(coverage), ...all],
      seed,
      cases,
      ...(questions !== undefined && { questions }),
      ...(milliseconds !== undefined && { milliseconds }),
      onWorld: (tally) => options.onProgress?.({ questions: tally.questions }),
    });
    const comparison = {
      cases: tally.cases,
      worlds: tally.worlds,
      questions: tally.questions,
      seed,
      enforcers: all.map(({ name }) => name),
      telling: tally.telling,
      mixed: Object.fromEntries(
        OPERATIONS.map((operation) => [operation, tally.share(operation)]),
      ) as Record<Operation, number>,
      coverage: coverage.result,
      searches: Object.fromEntries(counts),
    };
    return { comparison, wrong };
  } finally {
    await client.exec('rollback');
    await postgres.prepared.release();
  }
}

function roleOf({ role, preset }: CompareAccessOptions): RoleOf {
  if (role !== undefined) return () => role;
  if (preset !== 'supabase') return () => 'app_user';
  return ({ sub }) => (sub === undefined ? 'anon' : 'authenticated');
}

const OPERATIONS: readonly Operation[] = ['read', 'insert', 'update', 'delete'];

/** Sees each world, and answers nothing. */
const counting = (coverage: RuleCoverage): Enforcer => ({
  name: 'coverage',
  async enter(world) {
    coverage.count(world);
    return { leave: async () => {} };
  },
});
