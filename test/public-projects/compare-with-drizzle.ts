import { getTableColumns, is, type Table } from 'drizzle-orm';
import { CasingCache } from 'drizzle-orm/casing';
import { getTableConfig, PgTable, type PgColumn } from 'drizzle-orm/pg-core';
import type { SchemaFile } from '../../src/read/drizzle/exported-values.ts';
import { compareRelations } from './compare-relations.ts';
import { expectedType } from './expected-type.ts';
import { wasTold } from './was-told.ts';
import type { DrizzleSide, ZeroSchema } from './zero-schema.ts';
import type { Finding } from '../../src/report/problem.ts';

export interface Compared {
  readonly tables: number;
  readonly columns: number;
  readonly relations: number;
  /** Differences from Drizzle that no finding reports. */
  readonly untold: readonly string[];
}

/** Compares a generated schema with Drizzle's interpretation of the same exports. */
export function compareWithDrizzle(
  { files, exports, casing }: DrizzleSide,
  zero: ZeroSchema,
  findings: readonly Finding[],
): Compared {
  const untold: string[] = [];
  const naming = new CasingCache(casing);
  const namesOf = exportNames(files);
  const inZero = new Map<Table, string>();
  let columns = 0;
  const told = (names: readonly string[], member?: string): boolean =>
    wasTold(findings, names, member);
  const differs = (what: string, names: readonly string[], member?: string): void => {
    if (!told(names, member)) untold.push(what);
  };

  for (const [table, names] of namesOf) {
    const { schema, name, primaryKeys } = getTableConfig(table);
    const id = schema === undefined ? name : `${schema}.${name}`;
    const found = Object.entries(zero.tables).find(([key, one]) => (one.serverName ?? key) === id);
    columns += Object.keys(getTableColumns(table)).length;
    if (found === undefined) {
      differs(`${id} is not in the Zero schema`, names);
      continue;
    }
    const [zeroName, made] = found;
    inZero.set(table, zeroName);
    if (!names.includes(zeroName)) untold.push(`${id} is called ${zeroName}`);
    const own = Object.entries(getTableColumns(table));
    const key = own
      .filter(
        ([, one]) => one.primary || primaryKeys[0]?.columns.some(({ name }) => name === one.name),
      )
      .map(([tsName]) => tsName);
    if (key.toSorted().join() !== made.primaryKey.toSorted().join())
      differs(`${id}: key ${made.primaryKey.join()} for ${key.join()}`, names);
    for (const [tsName, column] of own) {
      const sql = naming.getColumnCasing(column);
      const type = expectedType(column as PgColumn);
      const has = made.columns[tsName];
      const place = `${zeroName}.${tsName}`;
      if (has === undefined || type === undefined) {
        differs(`${place}: ${has?.type ?? 'nothing'} for ${column.getSQLType()}`, names, tsName);
        continue;
      }
      if ((has.serverName ?? tsName) !== sql) untold.push(`${place}: ${has.serverName} for ${sql}`);
      if (has.type !== type) untold.push(`${place}: ${has.type} for ${column.getSQLType()}`);
      const isRequired = column.notNull || made.primaryKey.includes(tsName);
      const isMade = column.generated !== undefined || column.generatedIdentity !== undefined;
      if ((has.optional !== true) !== isRequired && !isMade)
        differs(
          `${place}: optional ${has.optional === true}, NOT NULL ${column.notNull}`,
          names,
          tsName,
        );
    }
    for (const tsName of Object.keys(made.columns)) {
      if (!own.some(([one]) => one === tsName))
        untold.push(`${zeroName}.${tsName} is not Drizzle's`);
    }
  }
  if (Object.keys(zero.tables).length > inZero.size)
    untold.push('a table that Drizzle does not have');
  const relations = compareRelations(exports, { zero, inZero, namesOf, told, untold });
  return { tables: namesOf.size, columns, relations, untold };
}

/** Every table with all its export names. */
function exportNames(files: readonly SchemaFile[]): ReadonlyMap<PgTable, readonly string[]> {
  const names = new Map<PgTable, string[]>();
  for (const [name, value] of files.flatMap(({ exports }) => Object.entries(exports))) {
    if (is(value, PgTable)) names.set(value, [...(names.get(value) ?? []), name]);
  }
  return names;
}
