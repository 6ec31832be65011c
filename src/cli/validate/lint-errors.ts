import type { CommandContext } from '../../command/command.ts';
import type { ProjectRead } from '../../project/read-project.ts';
import type { Finding } from '../../report/problem.ts';
import { relativePlaces } from '../../report/relative-places.ts';
import { countFindings, printFindings } from '../generate/print-plan.ts';

/** The errors that `garden validate` would report, and how the command reacts to them. */
export interface LintErrors {
  readonly findings: readonly Finding[];
  /** Whether the command exits with 1. */
  readonly fails: boolean;
}

/**
 * Finds lint errors in a project that another command has loaded, such as `garden generate` or
 * `garden dev`. Objects with an error that the command has already `reported` are left out.
 * `validate.generate` of garden.config.ts decides whether they are reported and whether the command
 * fails.
 */
export async function findLintErrors(
  made: ProjectRead,
  reported: readonly Finding[],
): Promise<LintErrors> {
  const { lintErrors } = await import('../../project/validate/validate-project.ts');
  // Zero has already reported tables without a key.
  const known = new Set(
    reported.flatMap(({ object, severity }) => (severity === 'error' && object) || []),
  );
  const errors = await lintErrors(made);
  const findings = errors.filter(({ object = '' }) => !known.has(object));
  const fails = made.garden.config.validate?.generate === 'fail' && findings.length > 0;
  return { findings, fails };
}

/** Prints the errors after all other output. */
export function printLintErrors(
  { findings, fails }: LintErrors,
  { io, paint }: Pick<CommandContext, 'io' | 'paint'>,
): void {
  if (findings.length === 0) return;
  io.stderr.write(`\n${printFindings(findings, io.cwd, paint)}`);
  const errors = paint('red', countFindings(findings));
  const consequence = fails ? '' : ' The generated files do not depend on it.';
  io.stdout.write(`garden validate: ${errors}; see above.${consequence}\n`);
}

/** Part of the JSON document. Absent if there are no errors. */
export const lintAsJson = (
  { findings }: LintErrors,
  folder: string,
): { readonly lint?: readonly Finding[] } =>
  findings.length === 0 ? {} : { lint: findings.map((finding) => relativePlaces(finding, folder)) };
