import type { CommandContext } from '../../../command/command.ts';
import { ProblemError } from '../../../report/problem.ts';
import { readCount } from '../read-count.ts';
import { loadVersion, loadWorkingVersion } from './load-version.ts';
import { printDiff } from './print-diff.ts';

/** Runs `garden rules --diff`. The exit code is 1 with --no-gain if anybody gains anything. */
export async function runDiff(context: CommandContext): Promise<number> {
  const { argument, text, flag } = context;
  refuseOthers(context);
  const old = text('diff') ?? '';
  const seed = readCount(context, 'seed');
  const questions = readCount(context, 'questions');
  const before = await loadVersion(old, context);
  const after = await (argument === undefined
    ? loadWorkingVersion(context)
    : loadVersion(argument, context));
  const { diffAccess } = await import('../../../testing/access/diff/diff-access.ts');
  const diff = diffAccess(before, after, {
    ...(seed !== undefined && { seed }),
    ...(questions !== undefined && { questions }),
  });
  printDiff(diff, { before: old, after: argument ?? 'the working folder' }, context);
  return flag('no-gain') && diff.changes.some(({ change }) => change === 'gain') ? 1 : 0;
}

function refuseOthers({ text, flag }: CommandContext): void {
  const other = ['app', 'as', 'why', 'prove'].find(
    (name) => text(name) !== undefined || flag(name),
  );
  if (other !== undefined) {
    throw new ProblemError({
      code: 'cli/two-modes',
      message: `--diff cannot be combined with --${other}.`,
      fix: 'run the command once for each of them.',
    });
  }
  if (flag('json') && flag('markdown')) {
    throw new ProblemError({
      code: 'cli/two-modes',
      message: '--json cannot be combined with --markdown.',
      fix: 'pass only one of them.',
    });
  }
}
