import type { NotNull } from 'drizzle-orm';
import {
  bigint,
  doublePrecision,
  integer,
  text,
  timestamp,
  type PgBigInt53BuilderInitial,
  type PgDoublePrecisionBuilderInitial,
  type PgIntegerBuilderInitial,
  type PgTextBuilderInitial,
  type PgTimestampBuilderInitial,
} from 'drizzle-orm/pg-core';

type Text<Name extends string> = NotNull<PgTextBuilderInitial<Name, [string, ...string[]]>>;
type Count<Name extends string> = NotNull<PgBigInt53BuilderInitial<Name>>;
type Moment<Name extends string> = PgTimestampBuilderInitial<Name>;

const name = <Name extends string>(column: Name): Text<Name> => text(column).notNull();
const count = <Name extends string>(column: Name): Count<Name> =>
  bigint(column, { mode: 'number' }).notNull();
const moment = <Name extends string>(column: Name): Moment<Name> =>
  timestamp(column, { withTimezone: true });

export interface PerformanceColumns {
  readonly schemaname: Text<'schemaname'>;
  readonly tablename: Text<'tablename'>;
  /** With indexes and TOAST: `12 MB`. */
  readonly size: Text<'size'>;
  /** An estimate. */
  readonly rowCount: Count<'row_count'>;
  readonly deadRows: Count<'dead_rows'>;
  readonly lastVacuum: Moment<'last_vacuum'>;
  readonly lastAutovacuum: Moment<'last_autovacuum'>;
}

export const performanceColumns = (): PerformanceColumns => ({
  schemaname: name('schemaname'),
  tablename: name('tablename'),
  size: name('size'),
  rowCount: count('row_count'),
  deadRows: count('dead_rows'),
  lastVacuum: moment('last_vacuum'),
  lastAutovacuum: moment('last_autovacuum'),
});

export interface IndexUsageColumns {
  readonly schemaname: Text<'schemaname'>;
  readonly tablename: Text<'tablename'>;
  readonly indexname: Text<'indexname'>;
  readonly indexScans: Count<'index_scans'>;
  readonly tuplesRead: Count<'tuples_read'>;
  readonly tuplesFetched: Count<'tuples_fetched'>;
  readonly indexSize: Text<'index_size'>;
}

export const indexUsageColumns = (): IndexUsageColumns => ({
  schemaname: name('schemaname'),
  tablename: name('tablename'),
  indexname: name('indexname'),
  indexScans: count('index_scans'),
  tuplesRead: count('tuples_read'),
  tuplesFetched: count('tuples_fetched'),
  indexSize: name('index_size'),
});

export interface UnusedIndexColumns {
  readonly schemaname: Text<'schemaname'>;
  readonly tablename: Text<'tablename'>;
  readonly indexname: Text<'indexname'>;
  readonly indexSize: Text<'index_size'>;
  readonly definition: Text<'definition'>;
}

export const unusedIndexColumns = (): UnusedIndexColumns => ({
  schemaname: name('schemaname'),
  tablename: name('tablename'),
  indexname: name('indexname'),
  indexSize: name('index_size'),
  definition: name('definition'),
});

export interface SlowTableColumns {
  readonly schemaname: Text<'schemaname'>;
  readonly tablename: Text<'tablename'>;
  /** Number of scans of the whole table. */
  readonly fullScans: Count<'full_scans'>;
  readonly rowsRead: Count<'rows_read'>;
  readonly rowsPerScan: Count<'rows_per_scan'>;
  readonly indexScans: Count<'index_scans'>;
}

export const slowTableColumns = (): SlowTableColumns => ({
  schemaname: name('schemaname'),
  tablename: name('tablename'),
  fullScans: count('full_scans'),
  rowsRead: count('rows_read'),
  rowsPerScan: count('rows_per_scan'),
  indexScans: count('index_scans'),
});

export interface SlowQueryColumns {
  readonly pid: NotNull<PgIntegerBuilderInitial<'pid'>>;
  readonly rolename: PgTextBuilderInitial<'rolename', [string, ...string[]]>;
  readonly applicationName: PgTextBuilderInitial<'application_name', [string, ...string[]]>;
  readonly seconds: NotNull<PgDoublePrecisionBuilderInitial<'seconds'>>;
  /** What it waits for: `Lock: transactionid`. */
  readonly waitsFor: PgTextBuilderInitial<'waits_for', [string, ...string[]]>;
  readonly query: PgTextBuilderInitial<'query', [string, ...string[]]>;
}

export const slowQueryColumns = (): SlowQueryColumns => ({
  pid: integer('pid').notNull(),
  rolename: text('rolename'),
  applicationName: text('application_name'),
  seconds: doublePrecision('seconds').notNull(),
  waitsFor: text('waits_for'),
  query: text('query'),
});
