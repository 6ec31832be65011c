import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import type { ZeroChoices } from '../model/zero-choices.ts';

/** What garden.config.ts says: all that drizzle.config.ts has no word for. */
export interface GardenConfig {
  /** With this part `garden generate` also writes the Zero schema and the publication. */
  readonly zero?: ZeroConfig;
  /** The module whose default export plants rows, for `garden seed`: './seed.ts'. */
  readonly seed?: string;
  /**
   * Whether doc comments of tables and columns become comments in the database, as they do
   * where this is left out. `false` also removes those that a migration made.
   */
  readonly comments?: boolean;
  /**
   * Exports that are only other names of tables, such as deprecated ones. Nothing that is
   * generated uses them, and they are no longer told.
   */
  readonly aliases?: readonly string[];
}

/** Plants rows. All that it writes is one transaction. */
export type Seed = (context: SeedContext) => Promise<void>;

/** What `garden seed` passes. */
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

/** How the Zero schema is made, and where it goes. */
export interface ZeroConfig extends ZeroChoices {
  /** The folder of zero-schema.gen.ts and zero-rules.gen.ts, from that of the config: `.`. */
  readonly out?: string;
  /** How your modules name each other in imports. Where it is left out, tsconfig.json tells. */
  readonly importEnding?: '.ts' | '.js' | 'none';
  /**
   * Whether zero-schema.gen.ts declares its schema as the default one of Zero's types, as it
   * does where this is left out. Of several schemas in one TypeScript program, one may.
   */
  readonly defaultTypes?: boolean;
  /** Where zero-rules.gen.ts has its type from: `@techgarden/schema/server`. */
  readonly rulesType?: string;
}

/**
 * Types garden.config.ts, which stands beside drizzle.config.ts.
 *
 * @example
 * export default defineGarden({ zero: { out: 'src/apps/garden/zero', tables: { auditLog: false } } });
 */
export function defineGarden(config: GardenConfig): GardenConfig {
  return config;
}
