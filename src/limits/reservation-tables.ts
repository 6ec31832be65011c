import type { AnyPgColumn, PgTable } from 'drizzle-orm/pg-core';

/** A table with the columns of the kit's `budgetColumns()`, and an id. */
export type BudgetTable = PgTable &
  Readonly<Record<'id' | 'total' | 'spent' | 'held', AnyPgColumn>>;

/** A table with the columns of the kit's `reservationColumns()`. */
export type ReservationTable = PgTable &
  Readonly<
    Record<
      'id' | 'budgetId' | 'amount' | 'settled' | 'state' | 'expiresAt' | 'createdAt',
      AnyPgColumn
    >
  >;
