import {
  getTableColumns,
  getTableUniqueName,
  type Table as DrizzleTable,
  type TablesRelationalConfig,
} from 'drizzle-orm';
import type { ReadTable } from './refuse-twins.ts';
import type { WrittenRelation } from './written-relations.ts';

/** The tables of a schema, each with its relations. */
export interface RelationGraph {
  readonly nodes: ReadonlyMap<string, RelationNode>;
  /** The same tables in Drizzle's format, for Drizzle's own normalisation. */
  readonly config: TablesRelationalConfig;
  readonly tableNames: Record<string, string>;
  nodeOf(table: DrizzleTable): RelationNode | undefined;
}

export interface RelationNode extends ReadTable {
  /** Drizzle's name for the table: its schema and its name. */
  readonly id: string;
  /** The TypeScript names of the columns, by the names in Drizzle's columns. */
  readonly keys: ReadonlyMap<string, string>;
  readonly relations: Map<string, WrittenRelation>;
}

export function relationGraph(tables: readonly ReadTable[]): RelationGraph {
  const nodes = new Map(
    tables.map((table): [string, RelationNode] => {
      const id = getTableUniqueName(table.value);
      const columns = Object.entries(getTableColumns(table.value));
      const keys = new Map(columns.map(([key, { name }]) => [name, key]));
      return [id, { ...table, id, keys, relations: new Map() }];
    }),
  );
  const ids = [...nodes.keys()];
  return {
    nodes,
    // Normalisation only uses the relations.
    config: Object.fromEntries(
      ids.map((id) => [id, { relations: {} }]),
    ) as unknown as TablesRelationalConfig,
    tableNames: Object.fromEntries(ids.map((id) => [id, id])),
    nodeOf: (table) => nodes.get(getTableUniqueName(table)),
  };
}
