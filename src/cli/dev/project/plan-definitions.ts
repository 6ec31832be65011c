import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { DevRequirements } from '../../../command/dev-target.ts';
import { journalFile } from '../../../migrations/journal-file.ts';
import { planTargets, type Planned } from '../../../project/generate/plan-targets.ts';
import type { Seen } from '../../../project/seen.ts';
import { ProblemError, type Finding } from '../../../report/problem.ts';
import { findLintErrors } from '../../validate/lint-errors.ts';

export interface Place {
  readonly cwd: string;
  /** `--config`. */
  readonly config: string | undefined;
  readonly signal: AbortSignal;
}

/**
 * The files that `garden generate` would write. Throws if the definitions have an error, and
 * reports other findings.
 */
export async function planDefinitions(
  { cwd, config, signal }: Place,
  seen: Seen,
  onFindings: (findings: readonly Finding[]) => void,
): Promise<Planned> {
  const planned = await planTargets(
    { cwd, signal },
    {
      target: undefined,
      check: false,
      watch: false,
      json: false,
      config,
      out: undefined,
      name: undefined,
      interactive: false,
    },
    seen,
  );
  const { out } = planned.made.project;
  seen.files.add(journalFile(out));
  // A migration that the database refuses can be corrected.
  if (existsSync(out)) {
    for (const name of readdirSync(out)) if (name.endsWith('.sql')) seen.files.add(join(out, name));
  }
  const { findings, made } = planned;
  const { garden, project } = made;
  if (garden.config.zero === undefined) {
    throw new ProblemError({
      code: 'dev/no-zero',
      message: 'garden.config.ts has no part zero, so there is nothing to sync.',
      places: [{ file: garden.file ?? project.configFile }],
      fix:
        garden.file === undefined
          ? "write a garden.config.ts beside it: export default defineGarden({ zero: {} }), from '@techgarden/schema/config'."
          : 'add zero: {}; its settings are optional.',
    });
  }
  const lint = await findLintErrors(made, findings);
  const [first, ...others] = [
    ...findings.filter(({ severity }) => severity === 'error'),
    ...(lint.fails ? lint.findings : []),
  ];
  onFindings([
    ...findings.filter(({ severity }) => severity === 'warning'),
    ...(lint.fails ? [] : lint.findings),
  ]);
  if (first !== undefined) throw new ProblemError(first, { others });
  return planned;
}

/** The stack settings that follow from the definitions. */
export const requirementsOf = ({ made, publication }: Planned): DevRequirements => ({
  role: made.read.schema.access?.roles[0],
  publications: publication && [publication.name],
});

/** The names of written files, for one line of output. */
export const namesOf = (files: readonly string[], cwd: string): string =>
  files.map((file) => relative(cwd, file)).join(', ');
