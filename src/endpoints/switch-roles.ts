import { executePostgresQuery, type DBTransaction } from '@rocicorp/zero/server';
import type { Claims } from '../model/rule.ts';
import { ProblemError } from '../report/problem.ts';
import { databaseFailure, isOutage } from '../guard/database-failure.ts';

/** One transaction, as the application's role and as the login that opened it. */
export interface SwitchedTransaction<T> {
  /** As the login until `enter`, then under row-level security. */
  readonly asRole: DBTransaction<T>;
  /** As the login, whom no rule holds. */
  readonly asLogin: DBTransaction<T>;
  /** Takes the role with the principal's claims, and gives the database's time in milliseconds. */
  enter(): Promise<number>;
  /** Runs with the driver's own transaction as the login; nothing else may run meanwhile. */
  alone<R>(run: (transaction: T) => Promise<R>): Promise<R>;
  /**
   * Throws where a statement has failed, also one whose error was caught. Postgres
   * answers the COMMIT of such a transaction with a ROLLBACK, and drivers say nothing.
   */
  settle(): Promise<void>;
  /** Becomes the login again, for what Zero writes after the mutator. */
  leave(): Promise<void>;
}

/**
 * Two ways to the same transaction. SET LOCAL ROLE changes who all later statements
 * run as, so that the role is changed only where the next statement needs another
 * one, and statements go one after the other.
 */
export function switchRoles<T>(
  transaction: DBTransaction<T>,
  role: string | false,
  claims: Claims,
): SwitchedTransaction<T> {
  let current: 'login' | 'role' = 'login';
  let entered = false;
  let alone = false;
  let outOfSight = false;
  let failure: { readonly error: unknown } | undefined;
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <R>(run: () => Promise<R>): Promise<R> => {
    if (alone) return Promise.reject(notAlone());
    const go = (): Promise<R> => {
      // A mutator that caught it goes on: with a driver's connection that is gone, better not.
      if (failure && isOut(failure.error)) return Promise.reject(failure.error);
      return run();
    };
    const next = last.then(go, go).catch((error: unknown) => {
      failure ??= { error };
      throw error;
    });
    last = next;
    return next;
  };
  const take = async (next: 'login' | 'role'): Promise<unknown> => {
    if (role === false || current === next) return undefined;
    const [row] = await (next === 'role'
      ? transaction.query(ENTER, [role, JSON.stringify(claims)])
      : transaction.query('set local role none', []));
    current = next;
    return row?.['now'];
  };
  const view = (wanted: () => 'login' | 'role'): DBTransaction<T> => {
    const own: DBTransaction<T> = {
      wrappedTransaction: transaction.wrappedTransaction,
      query: (sql, params) =>
        inTurn(async () => {
          await take(wanted());
          return transaction.query(sql, params);
        }),
      runQuery: (ast, format, schema, serverSchema) =>
        executePostgresQuery(own, ast, format, schema, serverSchema),
    };
    return own;
  };
  return {
    asRole: view(() => (entered ? 'role' : 'login')),
    asLogin: view(() => 'login'),
    enter: () =>
      inTurn(async () => {
        entered = true;
        const now = await take('role');
        if (now !== undefined) return Number(now);
        const [row] = await transaction.query(`select ${NOW} as now`, []);
        return Number(row?.['now']);
      }),
    alone: (run) =>
      inTurn(async () => {
        await take('login');
        alone = true;
        outOfSight = true;
        try {
          return await run(transaction.wrappedTransaction);
        } finally {
          alone = false;
        }
      }),
    async settle() {
      await last.catch(() => undefined);
      if (failure) throw failure.error;
      if (outOfSight) await transaction.query('select true', []);
    },
    leave: () =>
      inTurn(async () => {
        await take('login');
      }),
  };
}

const NOW = 'floor(extract(epoch from now()) * 1000)::text';
const ENTER = `select set_config('role', $1::text, true), set_config('request.jwt.claims', $2::text, true), ${NOW} as now`;

const isOut = (error: unknown): boolean => {
  const found = databaseFailure(error);
  return found !== undefined && isOutage(found);
};

const notAlone = (): ProblemError =>
  new ProblemError({
    code: 'sync/not-alone',
    message: 'a mutator reads or writes while asServer runs.',
    fix: 'await asServer before the next statement, and use only its own transaction inside of it.',
  });
