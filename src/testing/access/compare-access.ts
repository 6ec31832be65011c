import type { AccessRules, Operation } from '../../model/rule.ts';
import { importPeer } from '../../report/missing-package.ts';
import type { Enforcer } from './enforcer.ts';
import { requireVersions } from '../../report/require-versions.ts';
import { guardedReadEnforcers, mutationGuardEnforcer } from './guard-enforcers.ts';
import { namedIn } from './named-in.ts';
import { PostgresWorld, type PostgresClient } from './postgres-world.ts';
import { relaxTables } from './relax-tables.ts';
import { rlsEnforcer } from './rls-enforcer.ts';
import { RuleCoverage, type ConditionCoverage } from './rule-coverage.ts';
import { showDisagreement } from './show-disagreement.ts';
import type { WrongWorld } from './shrink-world.ts';

export interface CompareAccessOptions {
  /** A migrated database. The comparison restores its state. */
  readonly client: PostgresClient;
  /** The rules that the database should enforce. */
  readonly rules: AccessRules;
  /** The database role that runs requests of principals. */
  readonly role?: string;
  /** Further enforcers, in addition to the database and the guards. */
  readonly enforcers?: readonly Enforcer[];
  /** Number of cases to compare. A case is one set of rows, one principal, one table and one operation. */
  readonly cases?: number;
  /** Number of questions to compare, instead of cases. A question is one query or one write of a principal. */
  readonly questions?: number;
  /** Stops after this time. */
  readonly milliseconds?: number;
  /** The same seed draws the same rows and principals. Default: random. */
  readonly seed?: number;
  /** Called after each set of rows; an error that it throws ends the comparison. */
  readonly onProgress?: (progress: { readonly questions: number }) => void;
}

/** Result of a comparison. */
export interface AccessComparison {
  readonly cases: number;
  /** Number of sets of rows. */
  readonly worlds: number;
  readonly questions: number;
  readonly seed: number;
  /** Names of the compared enforcers. They include guarded reads if `@rocicorp/zero` is installed. */
  readonly enforcers: readonly string[];
  /** Share of cases that had both an allowed and a denied row, among the cases where both were possible. */
  readonly telling: number;
  /** The same share by operation, among all cases. */
  readonly mixed: Readonly<Record<Operation, number>>;
  /** The conditions of the rules that some cases met and others did not. */
  readonly coverage: ConditionCoverage;
}

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
  const { comparison, wrong } = await findDisagreement(options);
  if (!wrong) return comparison;
  throw new Error(`${showDisagreement(wrong.world, wrong.found)}\nseed ${comparison.seed}`);
}

/** The comparison of {@link compareAccess}, with the first difference as data. */
export async function findDisagreement(
  options: CompareAccessOptions,
): Promise<{ readonly comparison: AccessComparison; readonly wrong: WrongWorld | undefined }> {
  requireVersions(['drizzle-orm', '@rocicorp/zero', 'fast-check']);
  const { client, rules, role = 'app_user', enforcers = [], questions, milliseconds } = options;
  const limited = questions !== undefined || milliseconds !== undefined;
  const { cases = limited ? Infinity : 500 } = options;
  // Imported here, because only this comparison needs fast-check.
  const { compareEnforcers } = await importPeer(
    'compareAccess()',
    () => import('./compare-enforcers.ts'),
  );
  const seed = options.seed ?? Math.floor(Math.random() * 2 ** 31);
  await client.exec('begin');
  try {
    const tables = await relaxTables(client, rules);
    const { pools, joins } = namedIn(rules);
    const postgres = new PostgresWorld(client, { existing: true });
    const all = [
      rlsEnforcer('the database', { postgres, role }),
      mutationGuardEnforcer(postgres),
      ...(await guardedReadEnforcers(postgres, tables)),
      ...enforcers,
    ];
    const coverage = new RuleCoverage(rules);
    const { tally, wrong } = await compareEnforcers({
      plan: { tables, joins, claims: rules.claims, rules, meets: pools },
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
    };
    return { comparison, wrong };
  } finally {
    await client.exec('rollback');
  }
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
