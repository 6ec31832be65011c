import type { Access } from './access.ts';
import type { CompanionStatement } from './companion-statement.ts';
import type { Enum } from './enum.ts';
import type { Extension } from './extension.ts';
import type { Place } from '../report/place.ts';
import type { Policy } from './policy.ts';
import type { Role } from './role.ts';
import type { Sequence } from './sequence.ts';
import type { Table } from './table.ts';
import type { View } from './view.ts';

/** All that a schema defines and that others are derived from. */
export interface Schema {
  /** By qualified name: their order does not depend on that of files and exports. */
  readonly tables: readonly Table[];
  /** As Drizzle normalises them; by table and name. A database knows none. */
  readonly relations: readonly Relation[];
  /** Absent where every relation that a person wrote is among `relations`, by its own name. */
  readonly reservedRelations?: readonly ReservedRelation[];
  readonly views: readonly View[];
  readonly enums: readonly Enum[];
  /** Those that no column owns. */
  readonly sequences: readonly Sequence[];
  /** Policies that a person wrote or a database has; those of access rules are companion SQL. */
  readonly policies: readonly Policy[];
  /** Roles that the definitions name; a database has more, which belong to no schema. */
  readonly roles: readonly Role[];
  readonly extensions: readonly Extension[];
  /** SQL that the definitions bring of their own. */
  readonly companion: readonly CompanionStatement[];
  /** Absent where no table has access rules. */
  readonly access?: Access;
}

/**
 * The name that a person gave to a relation which is left out, renamed or wrong. Nothing
 * that is derived may take it: readers would take it for that relation.
 */
export interface ReservedRelation {
  readonly from: string;
  readonly name: string;
  /** Absent where it leads to no table. */
  readonly to?: string;
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
