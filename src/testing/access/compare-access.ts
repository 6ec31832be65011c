import type { AccessRules } from '../../model/rule.ts';
import { importPeer } from '../../report/missing-package.ts';
import type { Enforcer } from './enforcer.ts';
import { guardedReadEnforcers, mutationGuardEnforcer } from './guard-enforcers.ts';
import { namedIn } from './named-in.ts';
import { PostgresWorld, type PostgresClient } from './postgres-world.ts';
import { relaxTables } from './relax-tables.ts';
import { rlsEnforcer } from './rls-enforcer.ts';
import { showDisagreement } from './show-disagreement.ts';

export interface CompareAccessOptions {
  /** A migrated database, with the tables and policies as they are. It is left as it was found. */
  readonly client: PostgresClient;
  /** The rules that the database is held to. */
  readonly rules: AccessRules;
  /** The database role that principals act as. */
  readonly role?: string;
  /** What else enforces the rules, beside the database and the guards. */
  readonly enforcers?: readonly Enforcer[];
  /** How many cases to compare: one set of rows, one principal, one table, one operation each. */
  readonly cases?: number;
  /** The same seed gives the same rows and principals; random where it is left out. */
  readonly seed?: number;
}

/** What was compared. */
export interface AccessComparison {
  readonly cases: number;
  readonly seed: number;
  /** The names of those that agreed. Guarded reads are among them where `@rocicorp/zero` is installed. */
  readonly enforcers: readonly string[];
  /** The share of cases in which something was allowed and something refused, of those that could be so. */
  readonly telling: number;
}

/**
 * Asks your own database, `guardSql`, and `guardQuery` on both of Zero's paths what
 * your rules allow, for random rows and principals, and compares each answer with
 * what the rules mean. The first difference is thrown, as small as it can be made.
 * Rows are made for the columns that rules may ask about; constraints and triggers
 * are out of the way while it runs, so the connection must be a superuser's.
 *
 * @example
 * await using test = await testDatabase({ folder: 'drizzle' });
 * await compareAccess({ client: test.client, rules, cases: 500 });
 */
export async function compareAccess(options: CompareAccessOptions): Promise<AccessComparison> {
  const { client, rules, role = 'app_user', enforcers = [], cases = 500 } = options;
  // Only here: it needs fast-check, which the rest of the testing tools do without.
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
