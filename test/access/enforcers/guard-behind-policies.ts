import type { PGlite } from '@electric-sql/pglite';
import type { DBTransaction } from '@rocicorp/zero/server';
import type { AccessRules, Claims, TableRules } from '../../../src/model/rule.ts';
import { switchRoles } from '../../../src/endpoints/switch-roles.ts';
import { AccessDenied } from '../../../src/guard/access-denied.ts';
import { databaseFailure } from '../../../src/guard/database-failure.ts';
import { guardSql } from '../../../src/guard/guard-sql.ts';
import { attemptWrite } from '../../../src/testing/access/attempt-of.ts';
import type { Enforcer, Verdict } from '../../../src/testing/access/enforcer.ts';
import { allowsAttempt } from '../../../src/testing/access/oracle.ts';
import { PostgresWorld } from '../../../src/testing/access/postgres-world.ts';
import type { Write } from '../../../src/testing/access/world.ts';
import { rls } from './rls.ts';

/** The mutation guard as the endpoint runs it: with the application role, so policies apply. */
export function guardBehindPolicies(client: PGlite, allRows = true): Enforcer {
  const policies = rls(new PostgresWorld(client));
  return {
    name: 'mutation guard behind policies',
    async enter(world) {
      const { rules, rows } = world;
      const strict = insertsReadable(rules);
      const entered = await policies.enter(world);
      return {
        async write(claims, attempts) {
          const verdicts: (Verdict | Error)[] = [];
          for (const attempt of attempts) {
            await client.exec('savepoint attempt');
            const made = await write(client, rules, claims, attemptWrite(rules, attempt));
            await client.exec('rollback to savepoint attempt');
            const hidden =
              attempt.operation === 'insert' &&
              allowsAttempt({ rules, claims, db: rows }, attempt) &&
              !allowsAttempt({ rules: strict, claims, db: rows }, attempt);
            const misnamed =
              attempt.operation === 'insert' &&
              made instanceof AccessDenied &&
              made.rule !== (hidden ? 'read' : 'insert');
            if (misnamed) verdicts.push(made);
            else verdicts.push(made === true ? 'allowed' : hidden ? 'unasked' : 'denied');
          }
          return verdicts;
        },
        leave: () => entered.leave(),
      };
    },
  };

  async function write(
    client: PGlite,
    rules: AccessRules,
    claims: Claims,
    attempt: Write,
  ): Promise<boolean | AccessDenied> {
    let touched = 0;
    const transaction: DBTransaction<PGlite> = {
      wrappedTransaction: client,
      async query(sql, params) {
        const isWrite = /^(?:insert|update|delete)/.test(sql);
        const { rows, affectedRows = 0 } = await client.query<Record<string, unknown>>(sql, params);
        // An existing row is not changed, after every policy has allowed the new row.
        if (isWrite) touched += sql.startsWith('insert') ? 1 : affectedRows;
        return rows;
      },
      runQuery: () => Promise.reject(new Error('not used')),
    };
    const switched = switchRoles(transaction, 'app_user', claims);
    await switched.enter();
    const { mutate } = guardSql(switched.asRole, rules, claims, {
      allRows: allRows ? switched.asLogin : switched.asRole,
    });
    const writes = mutate[attempt.table];
    try {
      if (attempt.operation === 'insert') await writes?.insert(attempt.row);
      else if (attempt.operation === 'delete') await writes?.delete(attempt.key);
      else await writes?.update({ ...attempt.key, ...attempt.changes });
    } catch (error) {
      if (error instanceof AccessDenied) return error;
      if (databaseFailure(error)?.code === '42501') return false;
      throw error;
    }
    return touched > 0;
  }
}

/**
 * Zero's insert names the key in ON CONFLICT. Postgres treats that as a read, so the
 * principal must be allowed to read the new row.
 */
const insertsReadable = (rules: AccessRules): AccessRules => ({
  ...rules,
  tables: Object.fromEntries(
    Object.entries(rules.tables).map(([name, own]): [string, TableRules] => [
      name,
      { ...own, insert: { op: 'and', rules: [own.insert, own.read] } },
    ]),
  ),
});
