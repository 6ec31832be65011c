import type { App } from '../../command/app.ts';
import { databaseOptions } from '../../command/choose-database.ts';
import { jsonOption, type Command, type CommandContext } from '../../command/command.ts';
import { ProblemError } from '../../report/problem.ts';
import { seedProject } from '../seed-project.ts';
import { chooseSubject, subjectOptions } from '../subject.ts';

/** Seeds the project, or an app with the options of that app. */
export function seedCommand(apps: readonly [App, ...App[]]): Command {
  const [first] = apps;
  const shared = [...subjectOptions(apps), ...databaseOptions, jsonOption];
  const isShared = (name: string): boolean => shared.some((option) => option.name === name);
  const own = new Map(
    apps
      .flatMap(({ seed }) => seed.options)
      .filter(({ name }) => !isShared(name))
      .map((option) => [option.name, option]),
  );
  const { whenInterrupted } = first.seed;
  const kept = (context: CommandContext): string | undefined =>
    typeof whenInterrupted === 'function' ? whenInterrupted(context) : whenInterrupted;
  return {
    ...first.seed,
    name: 'seed',
    summary: 'fill a database with rows',
    description: `In a project: calls the default export of the \`seed\` module of garden.config.ts
with { db, signal, tell }, in one transaction.

With --app ${first.name}: ${first.seed.description as string}`,
    options: [...shared, ...own.values()],
    whenInterrupted: (context) =>
      context.text('app') === undefined ? 'Nothing was written.' : kept(context),
    async run(context) {
      const subject = await chooseSubject(context, apps);
      if (subject.kind === 'app') return subject.app.seed.run(context);
      refuseAppOptions(context, [...own.keys()], first);
      return seedProject(context, subject);
    },
  };
}

function refuseAppOptions(
  { text, flag }: CommandContext,
  options: readonly string[],
  app: App,
): void {
  const given = options.find((name) => flag(name) || text(name) !== undefined);
  if (given === undefined) return;
  throw new ProblemError({
    code: 'cli/unknown-option',
    message: `--${given} is an option of an app's seed, but --app is missing.`,
    fix: `add --app ${app.name}, or remove --${given}.`,
  });
}
