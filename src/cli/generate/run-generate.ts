import { relative } from 'node:path';
import { inStage } from '../../report/in-stage.ts';
import { ProblemError, type Finding } from '../../report/problem.ts';
import { relativePlaces } from '../../report/relative-places.ts';
import type { CommandContext } from '../../command/command.ts';
import { printProblems } from '../report-failure.ts';
import type { GenerateOptions } from '../../project/generate/generate-options.ts';
import type { Plan } from '../../project/generate/plan.ts';
import { planTargets } from '../../project/generate/plan-targets.ts';
import {
  countFindings,
  describeDrift,
  printDrift,
  printFindings,
  printMissing,
} from './print-plan.ts';
import {
  findLintErrors,
  lintAsJson,
  printLintErrors,
  type LintErrors,
} from '../validate/lint-errors.ts';
import { newSeen, type Seen } from '../../project/seen.ts';
import { watchFiles } from '../../project/watch-files.ts';

type Context = Pick<CommandContext, 'io' | 'paint' | 'signal'>;

/** Plans every target, prints all findings, and writes or shows the differences. */
export async function runGenerate(context: Context, options: GenerateOptions): Promise<number> {
  if (options.watch) return watchTargets(context, options);
  const { plans, findings, made } = await planTargets(
    { cwd: context.io.cwd, signal: context.signal },
    options,
    newSeen(),
  );
  context.signal.throwIfAborted();
  const lint = await findLintErrors(made, findings);
  const act = options.check ? check : write;
  const code = await act({ plans, findings, lint }, context, options);
  return lint.fails || findings.some(({ severity }) => severity === 'error') ? 1 : code;
}

/** --watch writes all targets except migrations. */
async function watchTargets(context: Context, options: GenerateOptions): Promise<number> {
  const { io, paint, signal } = context;
  let last: Seen | undefined;
  await watchFiles(async () => {
    const seen = newSeen();
    try {
      const planned = await planTargets(
        { cwd: context.io.cwd, signal: context.signal },
        options,
        seen,
      );
      const lint = await findLintErrors(planned.made, planned.findings);
      await write({ ...planned, lint }, context, options);
    } catch (error) {
      if (seen.files.size === 0 || !(error instanceof ProblemError)) throw error;
      // Keeps watching until the user has fixed the schema. The files of the last run are
      // watched too, because this run did not reach all of them.
      seen.failed = true;
      for (const file of last?.files ?? []) seen.files.add(file);
      io.stderr.write(`${printProblems(error, io)}\n`);
    }
    io.stdout.write(`${paint('dim', 'Waiting for changes; press Ctrl-C to stop.')}\n`);
    last = seen;
    return seen;
  }, signal);
  return 0;
}

interface Result {
  readonly plans: readonly Plan[];
  readonly findings: readonly Finding[];
  readonly lint: LintErrors;
}

async function check(
  { plans, findings, lint }: Result,
  { io, paint }: Context,
  { json, target }: GenerateOptions,
): Promise<number> {
  const missing = plans.flatMap((plan) => plan.missing);
  const drifted = (await Promise.all(plans.map((plan) => plan.drifted()))).flat();
  const current = missing.length === 0 && drifted.length === 0;
  if (json) {
    const renames = missing.filter(({ sign }) => sign === '?').map(({ text }) => text);
    io.stdout.write(
      printJson({
        missing: missing.filter(({ sign }) => sign === '+').map(({ text }) => text),
        ...(renames.length > 0 && { renames }),
        files: drifted.map((drift) => describeDrift(drift, io.cwd)),
        findings: findings.map((finding) => relativePlaces(finding, io.cwd)),
        ...lintAsJson(lint, io.cwd),
      }),
    );
    return current ? 0 : 1;
  }
  io.stderr.write(printFindings(findings, io.cwd, paint));
  io.stdout.write(printMissing(missing, paint) + printDrift(drifted, io.cwd, paint));
  const errorCount = countFindings(findings.filter(({ severity }) => severity === 'error'));
  const again = `\`garden generate${target === undefined ? '' : ` ${target}`}\``;
  const red = paint('red', 'Not up to date.');
  io.stdout.write(
    current && errorCount !== ''
      ? `Up to date, except for ${errorCount} (see above).\n`
      : current
        ? `${paint('green', 'Up to date:')} all generated files match the definitions.\n`
        : missing.some(({ sign }) => sign === '?')
          ? `${red} drizzle-kit needs to know whether something was renamed. Run ${again} on a terminal to answer.\n`
          : `${red} Run ${again} to write the changes.\n`,
  );
  printLintErrors(lint, { io, paint });
  return current ? 0 : 1;
}

async function write(
  { plans, findings, lint }: Result,
  { io, paint }: Context,
  { json }: GenerateOptions,
): Promise<number> {
  const written: string[] = [];
  for (const plan of plans) written.push(...(await inStage('generate', () => plan.write())));
  const notes = plans.flatMap((plan) => plan.notes ?? []);
  const names = written.map((file) => relative(io.cwd, file));
  if (json) {
    io.stdout.write(
      printJson({
        written: names,
        ...(notes.length > 0 && { notes }),
        findings: findings.map((finding) => relativePlaces(finding, io.cwd)),
        ...lintAsJson(lint, io.cwd),
      }),
    );
    return 0;
  }
  io.stderr.write(printFindings(findings, io.cwd, paint));
  for (const name of names) io.stdout.write(`${paint('green', '+')} ${name}\n`);
  // The file lists the same, so an unchanged file needs no note.
  for (const note of names.length === 0 ? [] : notes) io.stdout.write(`${paint('dim', note)}\n`);
  const isWrong = findings.some(({ severity }) => severity === 'error');
  if (names.length === 0) {
    io.stdout.write(
      isWrong ? 'Nothing was written.\n' : 'Nothing to write: everything is up to date.\n',
    );
  }
  const count = countFindings(findings);
  if (count !== '') io.stdout.write(`${count}; see above.\n`);
  printLintErrors(lint, { io, paint });
  return 0;
}

const printJson = (value: object): string => `${JSON.stringify(value, undefined, 2)}\n`;
