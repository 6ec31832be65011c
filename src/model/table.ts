import type { Check, Exclusion } from './check.ts';
import type { Column } from './column.ts';
import type { ForeignKey } from './foreign-key.ts';
import type { Place } from '../report/place.ts';
import type { PrimaryKey } from './primary-key.ts';
import type { Retention } from './retention.ts';
import type { Rollup } from './rollup.ts';
import type { RowSearch } from './row-search.ts';
import type { TableIndex } from './table-index.ts';
import type { Unique } from './unique.ts';

/** A table, independent of Drizzle. */
export interface Table {
  /** See `tableId`: `packages`, or `billing.invoices` outside `public`. */
  readonly id: string;
  readonly name: string;
  /** Its name in a SQL file, if that is longer than Postgres's limit of 63 bytes. */
  readonly cutFrom?: string;
  /** Absent for `public`. */
  readonly schema?: string;
  /** Name of the table's export: `packages`; for a table of a database, its id. */
  readonly exportName: string;
  /** Absolute path of a file that exports the table by that name. */
  readonly file?: string;
  /** The doc comment above the table. */
  readonly doc?: string;
  /** Place of the table in the source. */
  readonly at?: Place;
  /** The columns in the order of the definition. */
  readonly columns: readonly Column[];
  readonly primaryKey?: PrimaryKey;
  /** Unique constraints. Unique indexes are among the `indexes`. */
  readonly uniques: readonly Unique[];
  readonly foreignKeys: readonly ForeignKey[];
  /** Indexes that no constraint owns. */
  readonly indexes: readonly TableIndex[];
  readonly checks: readonly Check[];
  /** Drizzle cannot express them. */
  readonly exclusions: readonly Exclusion[];
  readonly rowSecurity: RowSecurity;
  /** Partitioned by range of one column. */
  readonly partition?: Partition;
  /** Searches that apply the `read` rule. Absent in a database. */
  readonly searches?: readonly RowSearch[];
  /** How long rows are kept. Absent in a database. */
  readonly retentions?: readonly Retention[];
  /** Only the owner may change or delete rows. Absent in a database. */
  readonly appendOnly?: true;
  /** How it is derived from another table. Absent in a database. */
  readonly rollup?: Rollup;
  /**
   * Roles that may SELECT from it, except its owner; `public` means all roles. Absent if it
   * is unknown: Drizzle has no grants, and in a database no privilege was ever changed.
   */
  readonly readers?: readonly string[];
}

interface Partition {
  /** By its name in SQL. */
  readonly column: string;
  /** The length of a partition; absent in a database. */
  readonly every?: 'month' | 'day';
}

/** Whether row-level security applies. */
interface RowSecurity {
  readonly enabled: boolean;
  /** FORCE ROW LEVEL SECURITY: it also applies to the owner of the table. */
  readonly forced: boolean;
  /** drizzle-kit enabled it with the first policy, and disables it with the last one. */
  readonly byPolicy?: true;
}
