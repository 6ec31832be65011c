import { createBuilder, defineQuery, type Schema } from '@rocicorp/zero';
import type { HeldRow, HeldRows } from './allowed-rows.ts';

// Queries that a careless developer or an attacker might add to those of an app. None of them
// checks the principal. The access rules must hold for them too.

interface LooseQuery {
  related(name: string, act?: (query: LooseQuery) => LooseQuery): LooseQuery;
  whereExists(name: string): LooseQuery;
}
type Hops = Schema['relationships'][string][string];

/** A query for the rows of a table that have a related row. */
export interface ExistsQuery {
  readonly name: string;
  readonly table: string;
  readonly hops: Hops;
}

export interface DerivedQueries {
  /** For `defineQueries`. */
  readonly queries: Readonly<Record<string, ReturnType<typeof defineQuery>>>;
  readonly exists: readonly ExistsQuery[];
}

/**
 * Every row of every table; every relation, also two of them in a row; and the rows that have a
 * related row, which could reveal a hidden one by its existence.
 */
export function deriveQueries(schema: Schema): DerivedQueries {
  // Zero types each query by the tables of its schema.
  const zql = createBuilder(schema) as unknown as Readonly<Record<string, LooseQuery>>;
  const made: Record<string, LooseQuery> = {};
  const exists: ExistsQuery[] = [];
  const relationsOf = (table: string): readonly (readonly [string, Hops])[] =>
    Object.entries(schema.relationships[table] ?? {});
  for (const [table, query] of Object.entries(zql)) {
    made[`all_${table}`] = query;
    for (const [relation, hops] of relationsOf(table)) {
      const other = hops.at(-1)?.destSchema ?? '';
      made[`related_${table}_${relation}`] = query.related(relation, (found) =>
        relationsOf(other).reduce((deep, [name]) => deep.related(name), found),
      );
      made[`exists_${table}_${relation}`] = query.whereExists(relation);
      exists.push({ name: `exists_${table}_${relation}`, table, hops });
    }
  }
  return {
    queries: Object.fromEntries(
      Object.entries(made).map(([name, query]) => [name, defineQuery(() => query as never)]),
    ) as never,
    exists,
  };
}

/** Ids of the readable rows that have a readable related row. */
export function readableWithRelated(
  readable: HeldRows,
  { table, hops }: ExistsQuery,
): readonly string[] {
  const reaches = (row: HeldRow, [hop, ...others]: Hops | readonly never[]): boolean =>
    hop === undefined ||
    [...(readable.get(hop.destSchema)?.values() ?? [])].some(
      (other) =>
        hop.sourceField.every((field, at) => {
          const value = row[field] ?? null;
          return value !== null && value === other[hop.destField[at] ?? ''];
        }) && reaches(other, others as unknown as Hops),
    );
  return [...(readable.get(table) ?? [])]
    .filter(([, row]) => reaches(row, hops))
    .map(([id]) => id)
    .toSorted();
}
