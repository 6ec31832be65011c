import type { SchemaFile } from '../../src/read/drizzle/exported-values.ts';
import type { Casing } from '../../src/project/drizzle-config.ts';

/** The compared parts of a generated schema. */
export interface ZeroSchema {
  readonly tables: Readonly<Record<string, ZeroTable>>;
  readonly relationships: Readonly<Record<string, Readonly<Record<string, readonly ZeroHop[]>>>>;
}

interface ZeroTable {
  readonly serverName?: string;
  readonly columns: Readonly<
    Record<
      string,
      { readonly type: string; readonly serverName?: string; readonly optional?: boolean }
    >
  >;
  readonly primaryKey: readonly string[];
}

export interface ZeroHop {
  readonly sourceField: readonly string[];
  readonly destField: readonly string[];
  readonly destSchema: string;
  readonly cardinality: string;
}

/** The exports of a project. */
export interface DrizzleSide {
  readonly files: readonly SchemaFile[];
  readonly exports: Readonly<Record<string, unknown>>;
  readonly casing?: Casing | undefined;
}
