import { ProblemError, type Problem } from '../report/problem.ts';
import { checkShape, type WrongSetting } from './config-shape.ts';
import { findSetting } from './find-setting.ts';
import { either, exactly, isRecord, names, oneOf, someOf, text } from './shapes.ts';

/** What `drizzle-kit generate` takes from a config. */
export interface DrizzleConfig {
  readonly dialect?: string;
  readonly schema?: string | readonly string[];
  readonly out?: string;
  readonly casing?: Casing;
  readonly breakpoints?: boolean;
  readonly migrations?: { readonly prefix?: Prefix };
}

export type Casing = 'snake_case' | 'camelCase';

const PREFIXES = ['index', 'timestamp', 'supabase', 'unix'] as const;

/** What drizzle-kit puts before the name of a migration. */
type Prefix = (typeof PREFIXES)[number];

/** Of the settings only those that are looked at; the rest is drizzle-kit's. */
const shape = someOf({
  dialect: text('postgresql'),
  schema: either(text('./src/schema.ts'), names),
  out: text('./migrations'),
  casing: oneOf('snake_case', 'camelCase'),
  breakpoints: either(exactly(true), exactly(false)),
  migrations: someOf({ prefix: text('index') }),
} satisfies Readonly<Record<keyof DrizzleConfig, unknown>>);

/** The default export of a drizzle-kit config, of which all that is wrong is told at once. */
export function checkDrizzleConfig(file: string, config: unknown): DrizzleConfig {
  if (!isRecord(config)) {
    throw new ProblemError({
      code: 'generate/drizzle-config',
      message: "drizzle-kit's config is not usable: it has no default export that is an object.",
      places: [{ file }],
      fix: "write export default defineConfig({ … }), from 'drizzle-kit'.",
    });
  }
  const [first, ...others] = checkShape(shape, config, []).map((wrong) =>
    wrongSetting(file, wrong),
  );
  if (first !== undefined) throw new ProblemError(first, { others });
  refusePrefix(file, config);
  return config;
}

const wrongSetting = (file: string, { path, message, fix }: WrongSetting): Problem => ({
  code: 'generate/drizzle-config',
  message: `drizzle-kit's config is not usable: ${message}`,
  places: [findSetting(file, path)],
  fix,
});

/**
 * Without a prefix drizzle-kit does not find its own snapshot again, and writes
 * the whole schema a second time (0.31); two migrations of one name are one file.
 */
function refusePrefix(file: string, { migrations }: DrizzleConfig): void {
  const { prefix } = migrations ?? {};
  if (prefix === undefined || PREFIXES.some((known) => known === prefix)) return;
  throw new ProblemError({
    code: 'generate/prefix',
    message: `the config says migrations.prefix: ${JSON.stringify(prefix)}, with which migrations cannot be told apart.`,
    places: [findSetting(file, ['migrations', 'prefix'])],
    fix: `leave it out, or use one of ${PREFIXES.join(', ')}.`,
  });
}
