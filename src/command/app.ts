import { ProblemError } from '../report/problem.ts';
import { nearestName } from '../report/nearest-name.ts';
import type { AnyDatabase } from '../postgres/any-database.ts';
import type { ExplainableQuery } from '../queries/explain-query.ts';
import type { AppStack } from './app-stack.ts';
import type { Command, CommandContext, Option } from './command.ts';

/** What an app brings to the command line. */
export interface App {
  readonly name: string;
  /** The folder of its migrations, absolute. */
  readonly migrations: string;
  /** What `garden seed` plants, and how. */
  readonly seed: Command;
  /** Named queries for `garden explain`, loaded when they are asked for. */
  queries(): Promise<AppQueries>;
  /** What `garden dev` runs, loaded when it is asked for. */
  stack(): Promise<AppStack>;
  /** Commands of its own. */
  readonly commands: readonly Command[];
}

export interface AppQueries {
  readonly list: readonly { readonly name: string; readonly summary: string }[];
  /** One of them, with values from the database at hand. */
  find(db: AnyDatabase, name: string): Promise<ExplainableQuery>;
}

/** `--app`, where there is a choice. */
export const appOptions = (apps: readonly App[]): readonly Option[] =>
  apps.length < 2
    ? []
    : [
        {
          name: 'app',
          value: 'NAME',
          help: `the app: ${apps.map(({ name }) => name).join(', ')}`,
          defaultText: apps[0]?.name ?? '',
        },
      ];

/** The app that a command means: the first, unless `--app` names another. */
export function chooseApp(
  apps: readonly [App, ...App[]],
  { text }: Pick<CommandContext, 'text'>,
): App {
  const wanted = text('app');
  if (wanted === undefined) return apps[0];
  const found = apps.find(({ name }) => name === wanted);
  if (found) return found;
  const names = apps.map(({ name }) => name);
  const nearest = nearestName(wanted, names);
  throw new ProblemError({
    code: 'cli/unknown-app',
    message: `there is no app ${JSON.stringify(wanted)}.`,
    fix: nearest === undefined ? `the apps are: ${names.join(', ')}.` : `did you mean ${nearest}?`,
  });
}
