import process from 'node:process';
import { resolve } from 'node:path';
import type { Validation } from '../../check/validation.ts';
import { newSeen } from '../seen.ts';
import { formatProblem } from '../../report/format-problem.ts';
import { ProblemError } from '../../report/problem.ts';
import { relativePlaces } from '../../report/relative-places.ts';
import { requireVersions } from '../../report/require-versions.ts';

export interface ExpectValidOptions {
  /** The folder of the project; the working directory by default. */
  readonly folder?: string;
  /** The drizzle-kit config, relative to the folder; drizzle.config.ts by default. */
  readonly config?: string;
  /** More warnings than this fail too. By default only errors do. */
  readonly maxWarnings?: number;
}

/**
 * Judges a project's schema as `garden validate` does, with the settings of
 * garden.config.ts. Throws the findings as text if there are errors, and otherwise returns
 * what was found. No database is opened.
 *
 * @example
 * await expectValid();
 * await expectValid({ folder: 'packages/db', maxWarnings: 0 });
 */
export async function expectValid({
  folder = '.',
  config,
  maxWarnings = Infinity,
}: ExpectValidOptions = {}): Promise<Validation> {
  const cwd = resolve(process.cwd(), folder);
  requireVersions(['drizzle-orm', 'zod', 'esbuild', 'oxc-parser'], cwd);
  // It needs optional peers, which the other functions of this entry point do not.
  const { validateProject } = await import('./validate-project.ts');
  const validation = await validateProject(cwd, config, newSeen());
  const { findings } = validation;
  const errors = findings.filter(({ severity }) => severity === 'error');
  const failed = findings.length - errors.length > maxWarnings ? findings : errors;
  if (failed.length === 0) return validation;
  const list = failed.map((finding) => formatProblem(relativePlaces(finding, cwd)));
  throw new ProblemError({
    code: 'testing/invalid-schema',
    message: `the schema breaks its rules in ${failed.length} ${failed.length === 1 ? 'place' : 'places'}.\n\n${list.join('\n\n')}\n`,
    fix: 'correct the definitions, or accept a finding with a reason: docs/validate.md.',
  });
}
