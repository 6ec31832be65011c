import type { Place } from './place.ts';
import type { Table } from './table.ts';

/** All that a Drizzle schema defines and that others are derived from. */
export interface Schema {
  /** By qualified name: their order does not depend on that of files and exports. */
  readonly tables: readonly Table[];
  /** As Drizzle normalises them; by table and name. */
  readonly relations: readonly Relation[];
  readonly views: readonly View[];
}

/** A relation that a person wrote with `relations()`, with both ends settled. */
export interface Relation {
  readonly name: string;
  readonly cardinality: 'one' | 'many';
  /** The table that it leads from, by the name that it is exported by. */
  readonly from: string;
  /** The table that it leads to, by the name that it is exported by. */
  readonly to: string;
  /** Columns of `from` and the equal ones of `to`, by their names in TypeScript. */
  readonly fields: readonly string[];
  readonly references: readonly string[];
  readonly at?: Place;
}

/** A view. Zero replicates tables only. */
export interface View {
  readonly name: string;
  readonly schema?: string;
  readonly exportName: string;
  readonly materialized: boolean;
  /** Runs with the rights of whoever asks, and under their policies. */
  readonly securityInvoker: boolean;
  /** Its SQL; absent where the view is made elsewhere. */
  readonly query?: string;
  readonly at?: Place;
}
