import type { AccessRules } from '../../model/rule.ts';
import { importPeer } from '../../report/missing-package.ts';
import type { Enforcer } from './enforcer.ts';
import { requireVersions } from '../../report/require-versions.ts';
import { guardedReadEnforcers, mutationGuardEnforcer } from './guard-enforcers.ts';
import { namedIn } from './named-in.ts';
import { PostgresWorld, type PostgresClient } from './postgres-world.ts';
import { relaxTables } from './relax-tables.ts';
import { rlsEnforcer } from './rls-enforcer.ts';
import { showDisagreement } from './show-disagreement.ts';

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
  /** The same seed draws the same rows and principals. Default: random. */
  readonly seed?: number;
}

/** Result of a comparison. */
export interface AccessComparison {
  readonly cases: number;
  readonly seed: number;
  /** Names of the compared enforcers. They include guarded reads if `@rocicorp/zero` is installed. */
  readonly enforcers: readonly string[];
  /** Share of cases that had both an allowed and a denied row, among the cases where both were possible. */
  readonly telling: number;
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
  requireVersions(['drizzle-orm', '@rocicorp/zero', 'fast-check']);
  const { client, rules, role = 'app_user', enforcers = [], cases = 500 } = options;
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
    const { tally, wrong } = await compareEnforcers({
      plan: { tables, joins, claims: rules.claims, rules, meets: pools },
      enforcers: all,
      seed,
      cases,
    });
    if (wrong) throw new Error(`${showDisagreement(wrong.world, wrong.found)}\nseed ${seed}`);
    const names = all.map(({ name }) => name);
    return { cases: tally.cases, seed, enforcers: names, telling: tally.telling };
  } finally {
    await client.exec('rollback');
  }
}
