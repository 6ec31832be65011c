import type { Check, Exclusion } from './check.ts';
import type { Column } from './column.ts';
import type { ForeignKey } from './foreign-key.ts';
import type { Place } from '../report/place.ts';
import type { PrimaryKey } from './primary-key.ts';
import type { TableIndex } from './table-index.ts';
import type { Unique } from './unique.ts';

/** A table, without a word of Drizzle. */
export interface Table {
  /** What everything names it by: `packages`, or `billing.invoices` outside of public. See `tableId`. */
  readonly id: string;
  readonly name: string;
  /** Absent for `public`. */
  readonly schema?: string;
  /** The name that the table is exported by: `packages`; in a database, its id. */
  readonly exportName: string;
  /** Absolute: a file that exports it by that name, if one does. */
  readonly file?: string;
  /** What the comment above the table says. */
  readonly doc?: string;
  /** Where the table is written. */
  readonly at?: Place;
  /** In the order they are written. */
  readonly columns: readonly Column[];
  readonly primaryKey?: PrimaryKey;
  /** Unique constraints. Unique indexes are among the `indexes`. */
  readonly uniques: readonly Unique[];
  readonly foreignKeys: readonly ForeignKey[];
  /** Those that no constraint owns. */
  readonly indexes: readonly TableIndex[];
  readonly checks: readonly Check[];
  /** Drizzle has no word for them. */
  readonly exclusions: readonly Exclusion[];
  readonly rowSecurity: RowSecurity;
}

/** Whether row-level security applies. */
interface RowSecurity {
  readonly enabled: boolean;
  /** The owner of the table is subject to it too. */
  readonly forced: boolean;
}
