import type { Schema } from '@rocicorp/zero';
import type { Sql } from 'postgres';
import type { Claims } from '../../src/model/rule.ts';
import type { HeldRow } from './allowed-rows.ts';
import type { SyncedParts } from './start-synced-app.ts';

/** What the hostile-client suite needs to know of an app. The tests derive from its schema and rules. */
export interface HostileApp<S extends Schema = Schema> extends Omit<SyncedParts<S>, 'queryLimits'> {
  /** Inserts rows of every table, of several principals, as a superuser. */
  plant(sql: Sql): Promise<Planted>;
  /** Functions of the database that reveal no row. */
  readonly harmless: readonly string[];
}

export interface Planted {
  /** Claims by name; empty for a principal who is not signed in. */
  readonly principals: Readonly<Record<string, Claims>>;
  /** Queries of the app, with arguments that aim at rows of others. */
  readonly queries: readonly unknown[];
  /** Calls of every function that the app's role may execute. */
  readonly calls: readonly HostileCall[];
  /** Texts in columns that no client may receive. */
  readonly secrets: readonly string[];
}

/** A call of a function in the database. */
export interface HostileCall {
  readonly name: string;
  /** A query that returns the `id` of each row that the call reveals or changes. */
  readonly query: string;
  /** Name in the client schema of the table of these rows. */
  readonly table: string;
  /** Whether the call may return the id; by default, if the principal may read the row. */
  readonly allows?: (id: string, readable: HeldRow | undefined, claims: Claims) => boolean;
}
