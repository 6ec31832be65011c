import type { CommandContext } from '../../command/command.ts';
import { newSeen } from '../../project/seen.ts';
import type { Validation } from '../../check/validation.ts';
import { validateProject } from '../../project/validate/validate-project.ts';
import { ProblemError } from '../../report/problem.ts';
import { relativePlaces } from '../../report/relative-places.ts';
import { countFindings, printFindings } from '../generate/print-plan.ts';
import { reportFailure } from '../report-failure.ts';

export interface ValidateOptions {
  readonly config: string | undefined;
  readonly json: boolean;
  /** More warnings than this make the command end with 1. */
  readonly maxWarnings: number | undefined;
}

/** Validates the project and prints what was found. */
export async function runValidate(
  { io, paint, signal }: Pick<CommandContext, 'io' | 'paint' | 'signal'>,
  { config, json, maxWarnings = Infinity }: ValidateOptions,
): Promise<number> {
  let validation: Validation;
  try {
    validation = await validateProject(io.cwd, config, newSeen());
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof ProblemError)) throw error;
    // Nothing was judged, whatever the code means to other commands.
    reportFailure(error, io, json);
    return 2;
  }
  const { findings } = validation;
  if (json) io.stdout.write(printJson(validation, io.cwd));
  else {
    io.stderr.write(printFindings(findings, io.cwd, paint));
    const summary = summarise(validation);
    io.stdout.write(findings.length === 0 ? `${paint('green', summary)}\n` : `${summary}\n`);
  }
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  return errors > 0 || findings.length - errors > maxWarnings ? 1 : 0;
}

/** `2 errors and 1 warning in 12 tables by 29 rules; 1 finding is ignored.` */
function summarise({ findings, ignored, tables, rules }: Validation): string {
  const found = countFindings(findings) || 'No findings';
  const scope = `${count(tables, 'table')} by ${count(rules.length, 'rule')}`;
  const accepted = ignored.length === 0 ? '' : `; ${count(ignored.length, 'finding')} ignored`;
  return `${found} in ${scope}${accepted}.`;
}

const count = (number: number, noun: string): string =>
  `${number} ${noun}${number === 1 ? '' : 's'}`;

function printJson({ findings, ignored, tables, rules }: Validation, cwd: string): string {
  const document = {
    version: 1,
    tables,
    rules: rules.map(({ code }) => code),
    findings: findings.map((finding) => relativePlaces(finding, cwd)),
    ignored: ignored.map((finding) => relativePlaces(finding, cwd)),
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}
