import type { CommandContext } from '../../command/command.ts';
import { ProblemError } from '../../report/problem.ts';

/** Refuses options of `garden generate` that contradict each other or do not apply. */
export function refuseOptions({ argument, flag, text }: CommandContext): void {
  const name = text('name');
  if (name !== undefined && !/^[A-Za-z0-9_-]{1,60}$/.test(name)) throw badName(name);
  if (flag('watch')) refuseWithWatch(argument, flag);
  const writesMigrations = argument === undefined || argument === 'migrations';
  if (name !== undefined && (!writesMigrations || flag('watch'))) {
    throw new ProblemError({
      code: 'cli/not-with-target',
      message: `--name does not apply to ${argument ?? '--watch'}: it names a migration, and none is written.`,
      fix: 'remove it.',
    });
  }
  if (text('out') !== undefined && writesMigrations) throw outWithoutFile(argument);
}

/** The name becomes part of a file name. */
const badName = (name: string): ProblemError =>
  new ProblemError({
    code: 'cli/bad-value',
    message: `--name ${JSON.stringify(name)} cannot be the name of a migration.`,
    fix: 'use letters, digits, _ and -, at most 60 of them.',
  });

/** --watch never ends, and writes no migrations. */
function refuseWithWatch(argument: string | undefined, flag: CommandContext['flag']): void {
  const why = flag('check')
    ? '--check writes nothing, but --watch does.'
    : flag('json')
      ? '--json prints one result, but --watch never ends.'
      : argument === 'migrations'
        ? '--watch does not write migrations, because every save of a file would create one.'
        : undefined;
  if (why === undefined) return;
  throw new ProblemError({
    code: 'cli/not-with-watch',
    message: why,
    fix: 'remove one of them.',
  });
}

const outWithoutFile = (argument: string | undefined): ProblemError =>
  new ProblemError(
    argument === undefined
      ? {
          code: 'cli/not-with-target',
          message: '--out needs a target, because each target has its own files.',
          fix: 'add the target zero, json-schema or supabase; or set `out` in that part of garden.config.ts.',
        }
      : {
          code: 'cli/not-with-target',
          message: '--out does not apply to migrations.',
          fix: 'remove it; `out` in drizzle.config.ts sets the folder of the migrations.',
        },
  );
