import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { ProblemError } from '../report/problem.ts';

const CONFIG_NAMES = ['drizzle.config.ts', 'drizzle.config.js', 'drizzle.config.mjs'];

/** Whether a folder has a drizzle-kit config. */
export const hasDrizzleConfig = (cwd: string): boolean =>
  CONFIG_NAMES.some((name) => existsSync(resolve(cwd, name)));

/** The drizzle-kit config of a folder, or the given one. */
export function findDrizzleConfig(cwd: string, config: string | undefined): string {
  const candidates = (config === undefined ? CONFIG_NAMES : [config]).map((name) =>
    resolve(cwd, name),
  );
  const found = candidates.find((file) => existsSync(file));
  if (found !== undefined && statSync(found).isDirectory()) {
    throw new ProblemError({
      code: 'generate/no-config',
      message: `${config ?? CONFIG_NAMES[0]} is a folder.`,
      places: [{ file: found }],
      fix: 'pass a file in it.',
    });
  }
  if (found !== undefined) return found;
  throw new ProblemError({
    code: 'generate/no-config',
    message:
      config === undefined ? 'there is no drizzle.config.ts here.' : `there is no ${config}.`,
    places: [{ file: cwd }],
    fix: 'run it in the folder of your drizzle.config.ts, or pass the file with --config.',
  });
}
