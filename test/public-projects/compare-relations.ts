import {
  createTableRelationsHelpers,
  extractTablesRelationalConfig,
  getTableColumns,
  is,
  normalizeRelation,
  One,
  type Relation,
  type Table,
} from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { DrizzleSide, ZeroHop, ZeroSchema } from './zero-schema.ts';

/** Input of both comparisons. */
export interface Sides {
  readonly zero: ZeroSchema;
  readonly inZero: ReadonlyMap<Table, string>;
  readonly namesOf: ReadonlyMap<Table, readonly string[]>;
  readonly untold: string[];
  /** Whether a finding names the table, or this member of it. */
  told(names: readonly string[], member?: string): boolean;
}

/** Compares the relations with Drizzle's, and returns the number of Drizzle's relations. */
export function compareRelations(exports: DrizzleSide['exports'], sides: Sides): number {
  const { zero, inZero, namesOf, told, untold } = sides;
  const { tables, tableNamesMap } = extractTablesRelationalConfig(
    { ...exports },
    createTableRelationsHelpers,
  );
  const all = Object.values(tables).flatMap(({ tsName, relations }) =>
    Object.entries(relations).map(([name, relation]) => ({ tsName, name, relation })),
  );
  const direct = new Set<string>();
  for (const { tsName, name, relation } of all) {
    const from = inZero.get(relation.sourceTable) ?? tsName;
    const names = namesOf.get(relation.sourceTable as PgTable) ?? [tsName];
    if (!inZero.has(relation.sourceTable)) continue;
    const has = zero.relationships[from]?.[name];
    const want = showRelation(relation, inZero, () =>
      normalizeRelation(tables, tableNamesMap, relation),
    );
    const found = has?.length === 1 ? showHop(has[0] as ZeroHop) : undefined;
    // Relations to a table that an error excludes are left out too.
    if (found === undefined && !inZero.has(relation.referencedTable)) {
      const others = namesOf.get(relation.referencedTable as PgTable) ?? [];
      if (!told(names, name) && !told(others)) untold.push(`${from}.${name}: nothing for ${want}`);
    } else if (found !== want && !told(names, name)) {
      untold.push(`${from}.${name}: ${found ?? 'nothing'} for ${want}`);
    }
    direct.add(`${from}.${name}`);
  }
  for (const [from, own] of Object.entries(zero.relationships)) {
    for (const [name, hops] of Object.entries(own)) {
      if (hops.length === 1 && !direct.has(`${from}.${name}`))
        untold.push(`${from}.${name} is not Drizzle's`);
      if (hops.length === 2 && direct.has(`${from}.${name}`))
        untold.push(`${from}.${name} hides Drizzle's`);
    }
  }
  return all.length;
}

function showRelation(
  relation: Relation,
  inZero: ReadonlyMap<Table, string>,
  normalise: () => ReturnType<typeof normalizeRelation>,
): string {
  try {
    const { fields, references } = normalise();
    return showHop({
      sourceField: keysOf(relation.sourceTable, fields),
      destField: keysOf(relation.referencedTable, references),
      destSchema: inZero.get(relation.referencedTable) ?? relation.referencedTableName,
      cardinality: is(relation, One) ? 'one' : 'many',
    });
  } catch (error) {
    return `what Drizzle throws: ${(error as Error).message}`;
  }
}

const keysOf = (table: Table, columns: readonly unknown[]): readonly string[] => {
  const own = Object.entries(getTableColumns(table));
  return columns.map((column) => own.find(([, one]) => one === column)?.[0] ?? 'nothing');
};

const showHop = ({ sourceField, destField, destSchema, cardinality }: ZeroHop): string =>
  `(${sourceField.join()}) to ${cardinality} ${destSchema}(${destField.join()})`;
