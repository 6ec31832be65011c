import type { CommandContext } from '../../command/command.ts';
import type { ProjectRead } from '../../project/read-project.ts';
import type { Finding } from '../../report/problem.ts';
import { relativePlaces } from '../../report/relative-places.ts';
import { countFindings, printFindings } from '../generate/print-plan.ts';

/** The errors that `garden validate` would report, and what the project wants to happen then. */
export interface LintErrors {
  readonly findings: readonly Finding[];
  /** Whether the command exits with 1. */
  readonly fails: boolean;
}

/**
 * Finds lint errors in a project that a command has loaded to do something else with it,
 * such as `garden generate` and `garden dev`. An object that the command has `reported` an
 * error about is left out. `validate.generate` of garden.config.ts
 * decides whether they are reported and whether the command fails.
 */
export async function findLintErrors(
  made: ProjectRead,
  reported: readonly Finding[],
): Promise<LintErrors> {
  const { lintErrors } = await import('../../project/validate/validate-project.ts');
  // Of a table without a key, Zero has already reported the same.
  const known = new Set(
    reported.flatMap(({ object, severity }) => (severity === 'error' && object) || []),
  );
  const errors = await lintErrors(made);
  const findings = errors.filter(({ object = '' }) => !known.has(object));
  const fails = made.garden.config.validate?.generate === 'fail' && findings.length > 0;
  return { findings, fails };
}

/** Prints them after everything else; without errors nothing. */
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

/** A part of the JSON document; absent without errors. */
export const lintAsJson = (
  { findings }: LintErrors,
  folder: string,
): { readonly lint?: readonly Finding[] } =>
  findings.length === 0 ? {} : { lint: findings.map((finding) => relativePlaces(finding, folder)) };
