import { getTableUniqueName } from 'drizzle-orm';
import { isKind } from '../postgres/is-kind.ts';
import { databaseErrorIn } from '../postgres/database-error.ts';
import { ProblemError } from '../report/problem.ts';
import { amountText, durationText, idText } from './check-amount.ts';
import { limitProblem } from './limit-problem.ts';
import { reservationSql } from './reservation-sql.ts';
import type { BudgetTable, ReservationTable } from './reservation-tables.ts';
import { runStatement, type LimitDatabase } from './run-statement.ts';

export type ReservationState = 'held' | 'settled' | 'released' | 'expired';

/** The result of a hold. `free` is what the budget has left, as a decimal number. */
export type Held =
  | { readonly held: true; readonly free: string }
  /** The budget has too little left; or the reservation ended before, in this state. */
  | { readonly held: false; readonly free: string; readonly state?: ReservationState };

/** The state of a reservation after a call, and whether this call changed it. */
export interface Ended {
  readonly state: ReservationState;
  readonly changed: boolean;
}

export interface HoldOptions {
  /** A new id. The same id again finds the same reservation, and holds nothing more. */
  readonly id: string;
  readonly budget: string;
  /** An estimate: a decimal number, as text or as a number. */
  readonly amount: string | number;
  /** Milliseconds after which the amount is free again if it is not settled. */
  readonly lifetime: number;
}

/** Reserves parts of budgets. Every call can be repeated, and has its effect once. */
export interface Reservations {
  /** Reserves an amount, if the budget has it. */
  hold(db: LimitDatabase, options: HoldOptions): Promise<Held>;
  /** Counts what was really spent, also after the reservation expired, and frees the rest. */
  settle(db: LimitDatabase, id: string, spent: string | number): Promise<Ended>;
  /** Frees the amount: nothing was spent. */
  release(db: LimitDatabase, id: string): Promise<Ended>;
  /** Frees expired reservations, at most 1,000. Returns their number. */
  expire(db: LimitDatabase): Promise<number>;
}

/**
 * Reservations for budgets: hold an estimate, do the work, settle the actual amount. The sum of
 * spent and held amounts never exceeds the total by a hold, for any number of concurrent callers.
 *
 * @example
 * const budgets = pgTable('budgets', { id: id(), ...budgetColumns() });
 * const holds = pgTable('holds', { ...reservationColumns() });
 * const budget = reservations(budgets, holds);
 * const [call, team] = [newId(), newId()];
 * const { held } = await budget.hold(db, { id: call, budget: team, amount: 1, lifetime: 60_000 });
 * if (held) await budget.settle(db, call, '0.1932');
 */
export function reservations(budgets: BudgetTable, holds: ReservationTable): Reservations {
  const text = reservationSql(budgets, holds);
  const run = async (db: LimitDatabase, statement: string, parameters: readonly string[]) => {
    try {
      return (await runStatement(db, statement, parameters))[0] ?? {};
    } catch (error) {
      throw limitProblem(error, getTableUniqueName(holds));
    }
  };
  const end = async (db: LimitDatabase, statement: string, parameters: readonly string[]) => {
    const { state, changed } = await run(db, statement, parameters);
    if (state === null || state === undefined) throw noReservation();
    return { state: state as ReservationState, changed: changed === true };
  };
  const expire = async (db: LimitDatabase): Promise<number> =>
    Number((await run(db, text.expire, []))['count'] ?? 0);
  const holdOnce = async (db: LimitDatabase, parameters: readonly string[]): Promise<Held> => {
    const { seen, same, free, made } = await inSavepoint(db, (own) =>
      // Of two calls with the same new id, one fails on the key, and finds the other's row then.
      run(own, text.hold, parameters),
    ).catch((error: unknown) => {
      if (isDuplicate(error)) return run(db, text.hold, parameters);
      throw error;
    });
    if (same === false) throw otherReservation();
    if (free === null || free === undefined) throw noBudget();
    const state = (made ?? seen ?? undefined) as ReservationState | undefined;
    const rest = { free: String(free) };
    if (state === 'held' || state === 'settled') return { held: true, ...rest };
    return { held: false, ...rest, ...(state && { state }) };
  };
  return {
    async hold(db, { id, budget, amount, lifetime }) {
      const parameters = [idText(id), idText(budget), amountText(amount), durationText(lifetime)];
      const first = await holdOnce(db, parameters);
      // Expired reservations still count until they are freed.
      if (first.held || first.state || (await expire(db)) === 0) return first;
      return holdOnce(db, parameters);
    },
    settle: async (db, id, spent) => end(db, text.settle, [idText(id), amountText(spent)]),
    release: async (db, id) => end(db, text.release, [idText(id)]),
    expire,
  };
}

/** A failed statement aborts a transaction, unless it is in a savepoint. */
const inSavepoint = <Result>(
  db: LimitDatabase,
  run: (db: LimitDatabase) => Promise<Result>,
): Promise<Result> =>
  'transaction' in db && isKind(db, 'PgTransaction') ? db.transaction((tx) => run(tx)) : run(db);

const isDuplicate = (error: unknown): boolean => databaseErrorIn(error)?.code === '23505';

const noReservation = (): ProblemError =>
  new ProblemError({
    code: 'limits/no-reservation',
    message: 'there is no reservation with this id.',
    fix: 'hold an amount first, and keep its id.',
  });

const otherReservation = (): ProblemError =>
  new ProblemError({
    code: 'limits/reused-id',
    message: 'the id belongs to a reservation of another budget or amount.',
    fix: 'use a new id for each reservation: newId().',
  });

const noBudget = (): ProblemError =>
  new ProblemError({
    code: 'limits/no-budget',
    message: 'there is no budget with this id.',
    fix: 'insert the row of the budget first.',
  });
