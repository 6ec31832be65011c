import { ProblemError } from '../../problem.ts';

const PREFIXES = ['index', 'timestamp', 'supabase', 'unix'] as const;

/** What drizzle-kit puts before the name of a migration. */
export type Prefix = (typeof PREFIXES)[number];

/**
 * Without a prefix drizzle-kit does not find its own snapshot again, and writes
 * the whole schema a second time (0.31); two migrations of one name are one file.
 */
export function refusePrefix(prefix: string | undefined, configFile: string): void {
  if (prefix === undefined || PREFIXES.some((known) => known === prefix)) return;
  throw new ProblemError({
    code: 'generate/prefix',
    message: `the config says migrations.prefix: ${JSON.stringify(prefix)}, with which migrations cannot be told apart.`,
    at: [configFile],
    fix: `leave it out, or use one of ${PREFIXES.join(', ')}.`,
  });
}
