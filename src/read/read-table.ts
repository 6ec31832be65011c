import { getTableColumns, is, type Column as DrizzleColumn } from 'drizzle-orm';
import { getTableConfig, IndexedColumn, type PgColumn, type PgTable } from 'drizzle-orm/pg-core';
import { markOf } from '../kit/mark.ts';
import type { Place } from '../model/place.ts';
import type { Column, Table } from '../model/table.ts';
import type { ExportedValue } from './exported-values.ts';
import { readColumnType } from './read-column-type.ts';
import { readKey } from './read-key.ts';
import { readTsType } from './read-ts-type.ts';
import { entriesOf, type Entries, type Entry, type Rest } from './source/follow.ts';
import { isPlain } from './source/plain-packages.ts';
import type { ExportSource } from './source/read-export.ts';
import type { Sources } from './source/sources.ts';

/** Reads a table, as Drizzle and its source know it. */
export function readTable(
  sources: Sources,
  { value: table, exportName, file, source }: ExportedValue<PgTable>,
  toName: ((key: string) => string) | undefined,
): Table {
  const config = getTableConfig(table);
  const columns = getTableColumns(table);
  const written = columnsWritten(sources, source, columns);
  return {
    name: config.name,
    ...(config.schema === undefined ? {} : { schema: config.schema }),
    exportName,
    file,
    ...(source.doc === undefined ? {} : { doc: source.doc }),
    ...(source.at && { at: source.at }),
    primaryKey: readKey(table),
    uniques: readUniques(config, columns),
    columns: Object.entries(columns).map(([key, column]): Column => {
      const entry = written?.entries.get(key);
      const doc = entry?.file.docBefore(entry.start);
      const type = readColumnType(column);
      const plain = written?.rest?.plain ?? isPlain(source.from);
      const ts = readTsType({ sources, column, type, entry, plain });
      const at = placeOf(entry ?? written?.rest);
      return {
        name: column.keyAsName && toName ? toName(column.name) : column.name,
        key,
        type,
        // Postgres makes every serial NOT NULL; Drizzle says so of all but the one that is a bigint.
        notNull: column.notNull || isSerial(column),
        ...filledBy(column),
        ...generatedAs(column),
        serverOnly: markOf(column, 'serverOnly') ?? false,
        touched: markOf(column, 'touched') ?? false,
        ...(ts && { ts }),
        ...(doc === undefined ? {} : { doc }),
        ...(at && { at }),
      };
    }),
  };
}

/** Of a column that a package spreads in, the place of the spread. */
function placeOf(at: Entry | Rest | undefined): Place | undefined {
  return at?.start === undefined ? undefined : at.file?.placeOf(at.start);
}

/** The columns are the second argument, unless a function of the project's own takes others. */
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

/** By its SQL: a custom type may say so too. */
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

/** An identity `BY DEFAULT` is a default: it may be written. */
function generatedAs(column: PgColumn): Pick<Column, 'generated'> {
  if (column.generated) return { generated: column.generated.mode ?? 'stored' };
  return column.generatedIdentity?.type === 'always' ? { generated: 'identity' } : {};
}

/** What no two rows share, whatever the rows hold: unique constraints, and indexes like them. */
function readUniques(
  { uniqueConstraints, indexes }: ReturnType<typeof getTableConfig>,
  columns: Record<string, PgColumn>,
): Table['uniques'] {
  const keys = new Map(Object.entries(columns).map(([key, { name }]) => [name, key]));
  const sets = [
    ...Object.values(columns).flatMap((column) => (column.isUnique ? [[column.name]] : [])),
    ...uniqueConstraints.map((unique) => unique.columns.map(({ name }) => name)),
    ...indexes.flatMap(({ config }) => {
      if (!config.unique || config.where) return [];
      const names = config.columns.map((each) => (is(each, IndexedColumn) ? each.name : undefined));
      return names.every((name) => name !== undefined) ? [names] : [];
    }),
  ];
  const uniques = sets.map((names) => names.flatMap((name) => keys.get(name) ?? []));
  return [...new Map(uniques.map((unique) => [unique.join(), unique])).values()];
}
