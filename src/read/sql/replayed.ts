import type { CreatePolicyStmt, CreateTrigStmt } from 'libpg-query';

/** Part of a statement, and the file that last defined it. */
export interface Written<Tree> {
  readonly tree: Tree;
  readonly file: string;
}

/**
 * Privileges by role, and for each privilege its columns; an empty name stands for the whole
 * object. A role without privileges is listed if they were revoked.
 */
export type Grants = Map<string, Written<Map<string, Set<string>>>>;

/** The state of a table or view after migrations. */
export interface ReplayedTable {
  /** Its CREATE TABLE was replayed, so its state is completely known. */
  readonly created: boolean;
  /** The conditions of its checks as parse trees, by name. */
  readonly checks: Map<string, Written<unknown>>;
  readonly policies: Map<string, Written<CreatePolicyStmt>>;
  readonly triggers: Map<string, Written<ReplayedTrigger>>;
  /** By column; an empty name stands for the table. */
  readonly comments: Map<string, Written<string>>;
  readonly grants: Grants;
  /** PARTITION BY as a parse tree. */
  partition?: unknown;
  rowSecurity: boolean;
  forced: boolean;
}

interface ReplayedTrigger {
  readonly created: Omit<CreateTrigStmt, 'relation' | 'replace'>;
  /** The last ENABLE or DISABLE, unless it is the default. */
  readonly mode?: string | undefined;
}

export interface ReplayedFunction {
  /** Its CREATE FUNCTION; `undefined` if it was created elsewhere. */
  created: Written<unknown> | undefined;
  readonly grants: Grants;
}

/** The state after migrations. The content of DO blocks is not parsed. */
export interface Replayed {
  /** By {@link tableKey}. */
  readonly tables: Map<string, ReplayedTable>;
  /** By name and argument types. */
  readonly functions: Map<string, ReplayedFunction>;
  /** The privileges on each schema. */
  readonly schemas: Map<string, Grants>;
  /** The text of each DO block, with the file. */
  readonly blocks: Map<string, string>;
}

export const emptyReplay = (): Replayed => ({
  tables: new Map(),
  functions: new Map(),
  schemas: new Map(),
  blocks: new Map(),
});

/** A table as statements name it. */
export interface Named {
  readonly relname?: string;
  readonly schemaname?: string;
}

/** A key that is unique per table, even if the name contains special characters. */
export const tableKey = (name: string | undefined, schema: string | undefined): string =>
  JSON.stringify([schema ?? 'public', name]);

export const keyOf = ({ relname, schemaname }: Named): string => tableKey(relname, schemaname);

export const blankTable = (created: boolean): ReplayedTable => ({
  created,
  checks: new Map(),
  policies: new Map(),
  triggers: new Map(),
  comments: new Map(),
  grants: new Map(),
  rowSecurity: false,
  forced: false,
});

export function tableOf({ tables }: Replayed, relation: Named = {}): ReplayedTable {
  const key = keyOf(relation);
  const table = tables.get(key) ?? blankTable(false);
  tables.set(key, table);
  return table;
}

/** Removes a schema with its content. The keys of tables and functions start with their schema. */
export function dropSchema({ tables, functions, schemas }: Replayed, name: string): void {
  schemas.delete(name);
  for (const found of [tables, functions]) {
    for (const key of found.keys()) {
      if ((JSON.parse(key) as readonly unknown[]).flat()[0] === name) found.delete(key);
    }
  }
}

/** The strings in a list of a parse tree, such as the parts of a name. */
export const stringsIn = (nodes: readonly object[] = []): readonly string[] =>
  nodes.flatMap((node) =>
    'String' in node ? ((node.String as { readonly sval?: string }).sval ?? '') : [],
  );
