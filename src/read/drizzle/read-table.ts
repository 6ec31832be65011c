import { getTableColumns, type Column as DrizzleColumn } from 'drizzle-orm';
import { getTableConfig, type PgColumn, type PgTable } from 'drizzle-orm/pg-core';
import { bindingOf } from '../../kit/encrypted.ts';
import { markOf } from '../../kit/mark.ts';
import type { Place } from '../../report/place.ts';
import type { Column } from '../../model/column.ts';
import type { Policy } from '../../model/policy.ts';
import { givenSchema, tableId } from '../../model/table-id.ts';
import type { Table } from '../../model/table.ts';
import type { DrizzleNames } from './drizzle-names.ts';
import type { ExportedValue } from './exported-values.ts';
import { readColumnType } from '../../kit/read-column-type.ts';
import { readChecks } from './read-checks.ts';
import { readColumnSql } from './read-column-sql.ts';
import { readForeignKeys } from './read-foreign-keys.ts';
import { readIndexes } from './read-indexes.ts';
import { readPrimaryKey, readUniques } from './read-keys.ts';
import { readRetentions } from './read-retentions.ts';
import { readPolicy } from './read-policies.ts';
import { readTsType } from './read-ts-type.ts';
import { entriesOf, type Entries, type Entry, type Rest } from './source/follow.ts';
import { isPlain } from './source/plain-packages.ts';
import type { ExportSource } from './source/read-export.ts';
import type { Sources } from './source/sources.ts';

/** A table, with the parts of its definition that the model stores outside the table. */
export interface TableRead {
  readonly table: Table;
  readonly policies: readonly Policy[];
  /** Errors of foreign keys whose targets cannot be read. */
  readonly brokenKeys: readonly unknown[];
}

/** Reads a table from Drizzle's object and from its source. */
export function readTable(
  sources: Sources,
  { value: table, exportName, file, source }: ExportedValue<PgTable>,
  names: DrizzleNames,
): TableRead {
  const config = getTableConfig(table);
  const columns = getTableColumns(table);
  const written = columnsWritten(sources, source, columns);
  const id = tableId(config.schema, config.name);
  const primaryKey = readPrimaryKey(config, names);
  const { foreignKeys, broken } = readForeignKeys(config, names);
  const model: Table = {
    id,
    name: config.name,
    ...givenSchema(config.schema),
    exportName,
    file,
    ...(source.doc === undefined ? {} : { doc: source.doc }),
    ...(source.at && { at: source.at }),
    ...(primaryKey && { primaryKey }),
    uniques: readUniques(config, names),
    foreignKeys,
    indexes: readIndexes(config, names),
    checks: readChecks(config, names),
    exclusions: [],
    ...partitionOf(table, names),
    ...searchesOf(table),
    ...retentionsOf(table, names),
    ...(markOf(table, 'appendOnly') && { appendOnly: true }),
    ...rollupPart(table),
    rowSecurity: {
      // drizzle-kit enables it with the first policy.
      enabled: config.enableRLS || config.policies.length > 0,
      forced: markOf(table, 'access') !== undefined || markOf(table, 'roleRules') !== undefined,
      ...(!config.enableRLS && config.policies.length > 0 && { byPolicy: true }),
    },
    columns: Object.entries(columns).map(([key, column]): Column => {
      const entry = written?.entries.get(key);
      const doc = entry?.file.docBefore(entry.start);
      const type = readColumnType(column);
      const plain = written?.rest?.plain ?? isPlain(source.from);
      const ts = readTsType({ sources, column, type, entry, plain });
      const at = placeOf(entry ?? written?.rest);
      return {
        name: names.column(column),
        key,
        ...(names.column(column) === column.name ? {} : { renamed: true }),
        type,
        // Postgres makes every serial NOT NULL; Drizzle does not mark a bigint serial as
        // NOT NULL.
        notNull: column.notNull || isSerial(column),
        ...filledBy(column),
        ...generatedAs(column),
        ...readColumnSql(column, type, names),
        serverOnly: markOf(column, 'serverOnly') ?? false,
        ...encryptedAs(column),
        touched: markOf(column, 'touched') ?? false,
        ...plainDefaultOf(column),
        ...(ts && { ts }),
        ...(doc === undefined ? {} : { doc }),
        ...(at && { at }),
      };
    }),
  };
  return {
    table: model,
    policies: config.policies.map((policy) => readPolicy(policy, id, names)),
    brokenKeys: broken,
  };
}

function encryptedAs(column: PgColumn): Pick<Column, 'encrypted'> {
  const encrypted = bindingOf(column);
  return encrypted === undefined ? {} : { encrypted };
}

function plainDefaultOf(column: DrizzleColumn): Pick<Column, 'plainDefault'> {
  const plainDefault = markOf(column, 'plainDefault');
  return plainDefault === undefined ? {} : { plainDefault };
}

function searchesOf(table: PgTable): Pick<Table, 'searches'> {
  const searches = markOf(table, 'searches');
  return searches ? { searches } : {};
}

function rollupPart(table: PgTable): Pick<Table, 'rollup'> {
  const rollup = markOf(table, 'rollup');
  return rollup ? { rollup } : {};
}

function retentionsOf(table: PgTable, names: DrizzleNames): Pick<Table, 'retentions'> {
  const retentions = readRetentions(table, names);
  return retentions.length > 0 ? { retentions } : {};
}

function partitionOf(table: PgTable, names: DrizzleNames): Pick<Table, 'partition'> {
  const partition = markOf(table, 'partition');
  if (!partition) return {};
  return { partition: { column: names.column(partition.column), every: partition.every } };
}

/**
 * The place of a column; for one that is spread from a package's object, the place of the
 * spread.
 */
function placeOf(at: Entry | Rest | undefined): Place | undefined {
  return at?.start === undefined ? undefined : at.file?.placeOf(at.start);
}

/** The columns are the second argument, unless a function of the project takes others. */
function columnsWritten(
  sources: Sources,
  { args }: ExportSource,
  columns: Record<string, DrizzleColumn>,
): Entries | undefined {
  const [first, second, ...others] = args;
  for (const argument of [second, first, ...others]) {
    const found = argument && entriesOf(sources, argument);
    if (found && Object.keys(columns).some((key) => found.entries.has(key))) return found;
  }
  return undefined;
}

/** Checks the SQL type, because a custom type may be a serial too. */
const isSerial = (column: PgColumn): boolean =>
  /^(?:(?:small|big)?serial|serial[248])$/i.test(column.getSQLType().trim());

function filledBy(column: PgColumn): Pick<Column, 'default'> {
  const byDatabase =
    (column.default !== undefined && column.default !== null) ||
    column.generatedIdentity !== undefined ||
    isSerial(column);
  if (byDatabase) return { default: 'database' };
  return column.defaultFn || column.onUpdateFn ? { default: 'drizzle' } : {};
}

/** An identity `BY DEFAULT` is a default: it can be set. */
function generatedAs(column: PgColumn): Pick<Column, 'generated'> {
  if (column.generated) return { generated: column.generated.mode ?? 'stored' };
  return column.generatedIdentity?.type === 'always' ? { generated: 'identity' } : {};
}
