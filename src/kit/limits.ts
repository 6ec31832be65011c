import { getTableName, sql, type IsPrimaryKey, type NotNull } from 'drizzle-orm';
import {
  bigint,
  check,
  numeric,
  text,
  uuid,
  type AnyPgColumn,
  type CheckBuilder,
  type IndexBuilder,
  type PgBigInt64BuilderInitial,
  type PgNumericBuilderInitial,
  type PgTable,
  type PgTextBuilderInitial,
  type PgUUIDBuilderInitial,
} from 'drizzle-orm/pg-core';
import type { CompanionStatement } from '../model/companion-statement.ts';
import { quoteName } from '../model/quote-sql.ts';
import { oneOf } from './constraint/one-of.ts';
import { maxLength } from './constraint/text-constraints.ts';
import { id } from './id.ts';
import { indexOn } from './index-on.ts';
import { houseName } from './name.ts';
import { schemaNameOf } from './object-of.ts';
import { serverOnly } from './server-only.ts';
import { enumeration, type SortedText } from './sorted-text.ts';
import { instant, type Instant } from './time.ts';

type Text<Name extends string> = PgTextBuilderInitial<Name, [string, ...string[]]>;

/** The columns of a table of token buckets. Both are server-only. */
export interface BucketColumns {
  /** The name of the limit, and whom it counts: `messages:0197a3c5-…`. */
  readonly key: IsPrimaryKey<NotNull<Text<'key'>>>;
  /** When the bucket is full again: nanoseconds since 1970, by the clock of the database. */
  readonly fullAt: NotNull<PgBigInt64BuilderInitial<'full_at'>>;
}

/**
 * The columns of a table for `tokenBucket()`: one row per key. A row whose time is past is as
 * good as none.
 *
 * @example
 * const rateLimits = pgTable('rate_limits', { ...bucketColumns() }, (t) => [
 *   ...bucketConstraints(t),
 * ]);
 */
export function bucketColumns(): BucketColumns {
  return {
    key: serverOnly(text('key').primaryKey()),
    fullAt: serverOnly(bigint('full_at', { mode: 'bigint' }).notNull()),
  };
}

/** The constraints of the columns of {@link bucketColumns}. */
export const bucketConstraints = (
  columns: Readonly<Record<'key', AnyPgColumn>>,
): readonly CheckBuilder[] => [maxLength(columns.key as never, 300)];

/**
 * Makes a table UNLOGGED and leaves space for updates in its pages. It is then not written to the
 * WAL and not replicated, and it is empty after a crash: right for token buckets, which are full
 * then, and wrong for budgets.
 *
 * @example
 * const rateLimits = pgTable('rate_limits', { ...bucketColumns() });
 * export const rateLimitStorage = companionSql(...unlogged(rateLimits));
 */
export function unlogged(table: PgTable): readonly CompanionStatement[] {
  const on = quoteName(schemaNameOf(table), getTableName(table));
  return [
    {
      key: `storage of ${on}`,
      create: `alter table ${on} set unlogged;
--> statement-breakpoint
alter table ${on} set (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05);`,
      drop: `alter table ${on} set logged;
--> statement-breakpoint
alter table ${on} reset (fillfactor, autovacuum_vacuum_scale_factor);`,
      on,
    },
  ];
}

/** An amount: money, tokens. Never a float. */
type Amount<Name extends string> = PgNumericBuilderInitial<Name>;

/** The columns of a table of budgets. `spent + held` never exceeds `total` by a reservation. */
export interface BudgetColumns {
  readonly total: NotNull<Amount<'total'>>;
  /** Settled amounts. A settled amount above the reserved one can exceed the total. */
  readonly spent: NotNull<Amount<'spent'>>;
  /** Reserved amounts that are not settled yet. */
  readonly held: NotNull<Amount<'held'>>;
}

const amount = <Name extends string>(name: Name): Amount<Name> =>
  numeric(name, { precision: 24, scale: 9 }) as Amount<Name>;

/**
 * The columns of a budget, for `reservations()`. Spread them into a table with an id: of
 * organizations, of keys, of months.
 *
 * @example
 * const budgets = pgTable('budgets', { id: id(), ...budgetColumns() }, (t) => [
 *   ...budgetConstraints(t),
 * ]);
 */
export function budgetColumns(): BudgetColumns {
  return {
    total: amount('total').notNull(),
    spent: amount('spent').notNull(),
    held: amount('held').notNull(),
  };
}

/** The constraints of the columns of {@link budgetColumns}. */
export const budgetConstraints = (
  columns: Readonly<Record<'total' | 'spent' | 'held', AnyPgColumn>>,
): readonly CheckBuilder[] => [columns.total, columns.spent, columns.held].map(notNegative);

/** `held`: counts against the budget. `expired`: was not settled in time. */
const RESERVATION_STATES = ['held', 'settled', 'released', 'expired'] as const;

/** The columns of a table of reservations. */
export interface ReservationColumns {
  /** Given by the caller, so that a repeated call finds its reservation. */
  readonly id: ReturnType<typeof id>;
  readonly budgetId: NotNull<PgUUIDBuilderInitial<'budget_id'>>;
  readonly amount: NotNull<Amount<'amount'>>;
  /** The amount that was spent; NULL until it is settled. */
  readonly settled: Amount<'settled'>;
  readonly state: NotNull<SortedText<'state', ['held', 'settled', 'released', 'expired']>>;
  readonly expiresAt: NotNull<Instant<'expires_at'>>;
  readonly createdAt: NotNull<Instant<'created_at'>>;
}

/**
 * The columns of the reservations of budgets. Add the foreign key to the budgets.
 *
 * @example
 * const budgets = pgTable('budgets', { id: id(), ...budgetColumns() });
 * const holds = pgTable('holds', { ...reservationColumns() }, (t) => [
 *   references(t.budgetId, budgets.id, 'cascade'),
 *   ...reservationConstraints(t),
 * ]);
 */
export function reservationColumns(): ReservationColumns {
  return {
    id: id(),
    budgetId: uuid('budget_id').notNull(),
    amount: amount('amount').notNull(),
    settled: amount('settled'),
    state: enumeration('state', RESERVATION_STATES).notNull(),
    expiresAt: instant('expires_at').notNull(),
    createdAt: instant('created_at').notNull(),
  };
}

/** The constraints of {@link reservationColumns}, and the index that finds expired ones. */
export function reservationConstraints(
  columns: Readonly<Record<'budgetId' | 'amount' | 'settled' | 'state' | 'expiresAt', AnyPgColumn>>,
): readonly (CheckBuilder | IndexBuilder)[] {
  const { budgetId, amount: reserved, settled, state, expiresAt } = columns;
  return [
    oneOf(state as never),
    notNegative(reserved),
    notNegative(settled),
    indexOn(budgetId),
    indexOn(expiresAt).where(sql`${state} = 'held'`),
  ];
}

const notNegative = (column: AnyPgColumn): CheckBuilder =>
  check(houseName('check', [column]), sql`${column} >= 0`);
