import type { Access } from './access.ts';
import type { CompanionStatement } from './companion-statement.ts';
import type { DatabaseFunction } from './database-function.ts';
import type { Enum } from './enum.ts';
import type { Extension } from './extension.ts';
import type { ForeignTable } from './foreign-table.ts';
import type { Maintenance } from './maintenance.ts';
import type { Place } from '../report/place.ts';
import type { Policy } from './policy.ts';
import type { Role } from './role.ts';
import type { RoleRules } from './role-rules.ts';
import type { Sequence } from './sequence.ts';
import type { Table } from './table.ts';
import type { View } from './view.ts';

/** All definitions of a schema, from which everything else is derived. */
export interface Schema {
  /** Sorted by qualified name, so the order of files and exports does not matter. */
  readonly tables: readonly Table[];
  /** The relations as Drizzle normalizes them, sorted by table and name. Empty for a database. */
  readonly relations: readonly Relation[];
  /** Absent if all handwritten relations are in `relations` under their own names. */
  readonly reservedRelations?: readonly ReservedRelation[];
  readonly views: readonly View[];
  readonly enums: readonly Enum[];
  /** Sequences that no column owns. */
  readonly sequences: readonly Sequence[];
  /** Policies written by hand or read from a database. Policies of access rules are companion SQL. */
  readonly policies: readonly Policy[];
  /** Policies that are exported and linked to no table, so that nothing creates them. */
  readonly unlinkedPolicies?: readonly UnlinkedPolicy[];
  /** Roles that the definitions name. Other roles of a database are not part of a schema. */
  readonly roles: readonly Role[];
  readonly extensions: readonly Extension[];
  /** Absent for definitions, whose functions are in companion SQL or in migrations. */
  readonly functions?: readonly DatabaseFunction[];
  /** Absent for definitions: Drizzle has no foreign tables. */
  readonly foreignTables?: readonly ForeignTable[];
  /**
   * Published columns for logical replication: their names, by the id of their table. Absent if
   * there is no publication; zero-cache then publishes all of `public`.
   */
  readonly published?: Readonly<Record<string, readonly string[]>>;
  /** Names in SQL files that Postgres has cut, of objects whose model has no `cutFrom`. */
  readonly cutNames?: readonly CutName[];
  /** Custom SQL of the definitions. */
  readonly companion: readonly CompanionStatement[];
  /** The SQL functions of maintenance; absent if the definitions do not ask for them. */
  readonly maintenance?: Maintenance;
  /** Rules of further database roles; absent if there are none. */
  readonly roleRules?: readonly RoleRules[];
  /** The access rules; absent if no table has any. */
  readonly access?: Access;
}

/**
 * The name of a handwritten relation that is excluded, renamed or invalid. A derived
 * relation must not use it, because readers would confuse the two.
 */
export interface ReservedRelation {
  readonly from: string;
  readonly name: string;
  /** Absent if the target is not a table. */
  readonly to?: string;
}

/** See `cutNames`. */
interface CutName {
  readonly name: string;
  readonly cutFrom: string;
  readonly at?: Place;
}

/** See `unlinkedPolicies`. */
export interface UnlinkedPolicy {
  readonly name: string;
  readonly exportName: string;
  readonly at?: Place;
}

/** A relation from `relations()`, with both sides resolved. */
export interface Relation {
  readonly name: string;
  readonly cardinality: 'one' | 'many';
  /** Export name of the source table. */
  readonly from: string;
  /** Export name of the target table. */
  readonly to: string;
  /** Columns of `from`, by their names in TypeScript. `references` has the equal columns of `to`. */
  readonly fields: readonly string[];
  readonly references: readonly string[];
  readonly at?: Place;
}
