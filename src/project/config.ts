import type { ZeroChoices } from '../model/zero-choices.ts';

/** What garden.config.ts says: all that drizzle.config.ts has no word for. */
export interface GardenConfig {
  /** With this part `garden generate` also writes the Zero schema and the publication. */
  readonly zero?: ZeroConfig;
}

/** How the Zero schema is made, and where it goes. */
export interface ZeroConfig extends ZeroChoices {
  /** The folder of zero-schema.gen.ts and zero-rules.gen.ts, from that of the config: `.`. */
  readonly out?: string;
  /** How your modules name each other in imports. Where it is left out, tsconfig.json tells. */
  readonly importEnding?: '.ts' | '.js' | 'none';
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
