import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import type { JsonSchemaChoices } from '../emit/json-schema/plan-json-schema.ts';
import type { ZeroChoices } from '../model/zero-choices.ts';
import type { ValidateConfig } from '../check/validate-config.ts';
import type { DoctorConfig } from './operate/doctor-config.ts';

/** The settings of garden.config.ts: everything that drizzle.config.ts does not support. */
export interface GardenConfig {
  /** If this is set, `garden generate` also writes the Zero schema and the publication. */
  readonly zero?: ZeroConfig;
  /** If this is set, `garden generate` also writes a JSON Schema of all rows. */
  readonly jsonSchema?: JsonSchemaConfig;
  /** If this is set, `garden generate` also writes Supabase's `Database` type. */
  readonly supabase?: SupabaseConfig;
  /** The module whose default export seeds the database, for `garden seed`: './seed.ts'. */
  readonly seed?: string;
  /** The module whose exports are prepared queries, for `garden explain`: './queries.ts'. */
  readonly preparedQueries?: string;
  /**
   * The module whose default export is a key management service, for `garden keys`: './kms.ts'.
   */
  readonly kms?: string;
  /**
   * Whether doc comments of tables and columns become comments in the database; true by
   * default. `false` also removes those that an earlier migration created.
   */
  readonly comments?: boolean;
  /**
   * Exports that are aliases of tables, such as deprecated names. Generated files do not
   * use them, and they are no longer reported.
   */
  readonly aliases?: readonly string[];
  /** The settings of `garden validate`. */
  readonly validate?: ValidateConfig;
  /** The settings of `garden doctor`. */
  readonly doctor?: DoctorConfig;
  /** What `garden dev` starts. */
  readonly dev?: DevConfig;
}

/** Programs that `garden dev` starts in addition to Postgres and zero-cache; see docs/dev.md. */
export interface DevConfig {
  /**
   * The module of the server, whose default export has `fetch`: './src/server.ts'. By
   * default the server is made from the schema.
   */
  readonly server?: string;
  /**
   * Without `server`: the module that exports `queries`. By default every table is a
   * query, `queries.rows.notes()`.
   */
  readonly queries?: string;
  /**
   * Without `server`: the module that exports `mutators`. By default these are
   * `crudMutators`, as `mutators.rows`.
   */
  readonly mutators?: string;
  /** The shell command of the page; `false` for none. By default Vite, if it is installed. */
  readonly command?: string | false;
  /** Claims by name, which the sign-in page offers. */
  readonly principals?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Seeds the database. It runs in one transaction. */
export type Seed = (context: SeedContext) => Promise<void>;

/** The argument of a project's seed function. */
export interface SeedContext {
  /** Drizzle in the transaction. */
  // The driver and the schema are the project's own.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly db: PgDatabase<PgQueryResultHKT, any, any>;
  /** Aborted on Ctrl-C. */
  readonly signal: AbortSignal;
  /** Prints a line of progress. */
  tell(text: string): void;
}

/** The settings and the location of the Zero schema. */
export interface ZeroConfig extends ZeroChoices {
  /**
   * The folder of zero-schema.gen.ts and zero-rules.gen.ts, relative to the config: `.` by
   * default.
   */
  readonly out?: string;
  /** The file extension in imports of your modules; by default derived from tsconfig.json. */
  readonly importEnding?: '.ts' | '.js' | 'none';
  /**
   * Whether zero-schema.gen.ts declares its schema as the default of Zero's types; true by
   * default. Only one schema in a TypeScript program may do so.
   */
  readonly defaultTypes?: boolean;
  /** The package that exports the rules' type: `@techgarden/schema/server` by default. */
  readonly rulesType?: string;
}

/** The settings and the location of the JSON Schema. */
export interface JsonSchemaConfig extends JsonSchemaChoices {
  /** The file, relative to the config: `./schema.json` by default. */
  readonly out?: string;
}

/** The file with the types for `@supabase/supabase-js`. */
export interface SupabaseConfig {
  /** The file, relative to the config: './database-types.ts' by default. */
  readonly out?: string;
  /**
   * `exact`, the default, has the types that Supabase generates from the database; `client`
   * omits server-only columns.
   */
  readonly form?: 'exact' | 'client';
}

/**
 * Types garden.config.ts, which is in the same folder as drizzle.config.ts.
 *
 * @example
 * export default defineGarden({ zero: { out: 'src/apps/garden/zero', tables: { auditLog: false } } });
 */
export function defineGarden(config: GardenConfig): GardenConfig {
  return config;
}
