import * as z from 'zod';
import { ProblemError } from '../report/problem.ts';
import { checkConfig } from './check-config.ts';
import { findSetting } from './find-setting.ts';
import { names, text } from './setting-schemas.ts';

/** The settings used from a drizzle-kit config. */
export interface DrizzleConfig {
  readonly dialect?: string;
  readonly schema?: string | readonly string[];
  readonly out?: string;
  readonly casing?: Casing;
  readonly breakpoints?: boolean;
  readonly migrations?: { readonly prefix?: Prefix };
  /** The location of the database. */
  readonly dbCredentials?: DrizzleCredentials;
  readonly driver?: string;
}

/** The forms of `dbCredentials` that name a Postgres, or a folder of PGlite. */
export interface DrizzleCredentials {
  readonly url?: string;
  readonly host?: string;
  readonly port?: number;
  readonly user?: string;
  readonly password?: string;
  readonly database?: string;
  readonly ssl?: unknown;
}

export type Casing = 'snake_case' | 'camelCase';

const PREFIXES = ['index', 'timestamp', 'supabase', 'unix'] as const;

/** The prefix of a migration's name in drizzle-kit. */
type Prefix = (typeof PREFIXES)[number];

/** The schema of the settings that this package uses. drizzle-kit checks the others. */
const schema = z
  .object({
    dialect: text('postgresql'),
    schema: z.union([text('./src/schema.ts'), names]),
    out: text('./migrations'),
    casing: z.enum(['snake_case', 'camelCase']),
    breakpoints: z.literal([true, false]),
    migrations: z.object({ prefix: text('index') }).partial(),
    driver: text('pglite'),
    // Checked by commands that use the database, because `url` is often a variable that is
    // not set.
    dbCredentials: z.looseObject({}),
  } satisfies Readonly<Record<keyof DrizzleConfig, z.ZodType>>)
  .partial();

/** Checks the default export of a drizzle-kit config, and reports all problems together. */
export function checkDrizzleConfig(file: string, config: unknown): DrizzleConfig {
  checkConfig(file, config, {
    code: 'generate/drizzle-config',
    name: "drizzle-kit's config",
    schema,
    example: "export default defineConfig({ … }), from 'drizzle-kit'",
  });
  refusePrefix(file, config as DrizzleConfig);
  return config as DrizzleConfig;
}

/**
 * Without a prefix drizzle-kit does not find its own snapshot again, and writes the whole
 * schema a second time (0.31); two migrations with the same name share one file.
 */
function refusePrefix(file: string, { migrations }: DrizzleConfig): void {
  const { prefix } = migrations ?? {};
  if (prefix === undefined || PREFIXES.some((known) => known === prefix)) return;
  throw new ProblemError({
    code: 'generate/prefix',
    message: `the config sets migrations.prefix: ${JSON.stringify(prefix)}, which does not keep migration names unique.`,
    places: [findSetting(file, ['migrations', 'prefix'])],
    fix: `remove it, or use one of ${PREFIXES.join(', ')}.`,
  });
}
