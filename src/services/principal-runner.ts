import { sql, type SQL } from 'drizzle-orm';
import type { AnyDatabase } from '../postgres/any-database.ts';
import { rowsOf } from '../postgres/rows-of.ts';
import { ProblemError } from '../report/problem.ts';

/** The role and the claims of a transaction. */
export interface Principal {
  /** The application's database role; false: the login role. */
  readonly role: string | false;
  readonly claims: Readonly<Record<string, unknown>>;
}

/** Runs work in a transaction, or a part of one, as a principal. */
export type Runner = <Result>(work: (tx: AnyDatabase) => Promise<Result>) => Promise<Result>;

/** Each call is one transaction. Role and claims end with it, also behind a pooler. */
export function ownTransaction(db: AnyDatabase, principal: Principal, patience: number): Runner {
  return async (work) => {
    let state: 'waiting' | 'running' | 'given up' = 'waiting';
    let timer: NodeJS.Timeout | undefined;
    const started = db.transaction(async (tx) => {
      if (state === 'given up') throw noConnection(patience);
      state = 'running';
      clearTimeout(timer);
      await tx.execute(become(principal));
      return work(tx);
    });
    const waited = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        if (state !== 'waiting') return;
        state = 'given up';
        reject(noConnection(patience));
      }, patience);
    });
    try {
      return await Promise.race([started, waited]);
    } finally {
      clearTimeout(timer);
    }
  };
}

/**
 * Each call is a savepoint of a transaction that already runs as the principal, so that a
 * refused operation does not abort the others.
 */
export function savepoints(tx: AnyDatabase): Runner {
  return (work) => inTurn(tx, () => tx.transaction((inner) => work(inner)));
}

/**
 * Each call is a savepoint of any transaction, and runs as the principal. Afterwards the
 * transaction has its former role and claims.
 */
export function outerTransaction(tx: AnyDatabase, principal: Principal): Runner {
  return (work) =>
    inTurn(tx, () =>
      tx.transaction(async (inner) => {
        const [before] = await rowsOf<{ role: string; claims: string | null }>(inner, CURRENT);
        await inner.execute(become(principal));
        const result = await work(inner);
        // A rollback to the savepoint restores them after an error.
        await inner.execute(settings(before?.role ?? 'none', before?.claims ?? ''));
        return result;
      }),
    );
}

const CURRENT = sql`select current_setting('role') as role, current_setting('request.jwt.claims', true) as claims`;

const become = ({ role, claims }: Principal): SQL =>
  role === false
    ? sql`select set_config('request.jwt.claims', ${JSON.stringify(claims)}, true)`
    : settings(role, JSON.stringify(claims));

const settings = (role: string, claims: string): SQL =>
  sql`select set_config('role', ${role}, true), set_config('request.jwt.claims', ${claims}, true)`;

const last = new WeakMap<AnyDatabase, Promise<unknown>>();

/** Savepoints of one transaction cannot overlap. */
function inTurn<Result>(tx: AnyDatabase, run: () => Promise<Result>): Promise<Result> {
  const next = (last.get(tx) ?? Promise.resolve()).then(run, run);
  last.set(
    tx,
    next.catch(() => undefined),
  );
  return next;
}

const noConnection = (patience: number): ProblemError =>
  new ProblemError({
    code: 'services/no-connection',
    message: `the pool had no free connection for ${patience} ms.`,
    fix: 'inside a transaction, use the services of that transaction: services.as(claims).in(tx). Otherwise enlarge the pool, or shorten the transactions that hold its connections.',
  });
