import { executePostgresQuery, type DBTransaction } from '@rocicorp/zero/server';
import type { Claims } from '../model/rule.ts';
import { ProblemError } from '../report/problem.ts';
import { databaseFailure, isOutage } from '../guard/database-failure.ts';

/**
 * A transaction with two views: as the application's role, and as the login role that
 * opened it.
 */
export interface SwitchedTransaction<T> {
  /**
   * Runs as the login role until `enter`, and then as the application's role, under
   * row-level security.
   */
  readonly asRole: DBTransaction<T>;
  /** Runs as the login role, to which no rule applies. */
  readonly asLogin: DBTransaction<T>;
  /**
   * Switches to the role with the principal's claims, and returns the database's time in
   * milliseconds.
   */
  enter(): Promise<number>;
  /**
   * Runs a callback with the driver's own transaction as the login role; nothing else may
   * run concurrently.
   */
  runExclusively<R>(run: (transaction: T) => Promise<R>): Promise<R>;
  /**
   * Throws if a statement has failed, even if the error was caught. Postgres answers the
   * COMMIT of such a transaction with a ROLLBACK, and drivers do not report it.
   */
  assertNoFailure(): Promise<void>;
  /** Switches back to the login role, for Zero's writes after the mutator. */
  resetRole(): Promise<void>;
}

/**
 * Two views of the same transaction. SET LOCAL ROLE affects all later statements, so the
 * role is only switched when the next statement needs another one, and statements run
 * sequentially.
 */
export function switchRoles<T>(
  transaction: DBTransaction<T>,
  role: string | false,
  claims: Claims,
): SwitchedTransaction<T> {
  let current: 'login' | 'role' = 'login';
  let entered = false;
  let exclusive = false;
  let usedDriverDirectly = false;
  let failure: { readonly error: unknown } | undefined;
  let last: Promise<unknown> = Promise.resolve();
  const runInOrder = <R>(run: () => Promise<R>): Promise<R> => {
    if (exclusive) return Promise.reject(notExclusive());
    const go = (): Promise<R> => {
      // A mutator may catch the error and continue, but must not use a closed connection.
      if (failure && isOutageError(failure.error)) return Promise.reject(failure.error);
      return run();
    };
    const next = last.then(go, go).catch((error: unknown) => {
      failure ??= { error };
      throw error;
    });
    last = next;
    return next;
  };
  const switchTo = async (next: 'login' | 'role'): Promise<unknown> => {
    if (role === false || current === next) return undefined;
    const [row] = await (next === 'role'
      ? transaction.query(ENTER, [role, JSON.stringify(claims)])
      : transaction.query('set local role none', []));
    current = next;
    return row?.['now'];
  };
  const viewAs = (wanted: () => 'login' | 'role'): DBTransaction<T> => {
    const own: DBTransaction<T> = {
      wrappedTransaction: transaction.wrappedTransaction,
      query: (sql, params) =>
        runInOrder(async () => {
          await switchTo(wanted());
          return transaction.query(sql, params);
        }),
      runQuery: (ast, format, schema, serverSchema) =>
        executePostgresQuery(own, ast, format, schema, serverSchema),
    };
    return own;
  };
  return {
    asRole: viewAs(() => (entered ? 'role' : 'login')),
    asLogin: viewAs(() => 'login'),
    enter: () =>
      runInOrder(async () => {
        entered = true;
        const now = await switchTo('role');
        if (now !== undefined) return Number(now);
        const [row] = await transaction.query(`select ${NOW} as now`, []);
        return Number(row?.['now']);
      }),
    runExclusively: (run) =>
      runInOrder(async () => {
        await switchTo('login');
        exclusive = true;
        usedDriverDirectly = true;
        try {
          return await run(transaction.wrappedTransaction);
        } finally {
          exclusive = false;
        }
      }),
    async assertNoFailure() {
      await last.catch(() => undefined);
      if (failure) throw failure.error;
      if (usedDriverDirectly) await transaction.query('select true', []);
    },
    resetRole: () =>
      runInOrder(async () => {
        await switchTo('login');
      }),
  };
}

const NOW = 'floor(extract(epoch from now()) * 1000)::text';
const ENTER = `select set_config('role', $1::text, true), set_config('request.jwt.claims', $2::text, true), ${NOW} as now`;

const isOutageError = (error: unknown): boolean => {
  const found = databaseFailure(error);
  return found !== undefined && isOutage(found);
};

const notExclusive = (): ProblemError =>
  new ProblemError({
    code: 'sync/not-alone',
    message: 'a mutator runs statements while asServer is running.',
    fix: 'await asServer before the next statement, and use only its transaction in the callback.',
  });
