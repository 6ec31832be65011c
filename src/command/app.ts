import { ProblemError } from '../report/problem.ts';
import { nearestName } from '../report/nearest-name.ts';
import type { AnyDatabase } from '../postgres/any-database.ts';
import type { ExplainableQuery } from '../queries/explain-query.ts';
import type { AppStack } from './app-stack.ts';
import type { Command, Option } from './command.ts';

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

/** `--app`, for commands that work on a project too. */
export const appOption = (apps: readonly App[]): Option => ({
  name: 'app',
  value: 'NAME',
  help: `an app of this package, instead of the project here: ${apps.map(({ name }) => name).join(', ')}`,
});

/** The app that `--app` names. */
export function findApp(apps: readonly App[], wanted: string): App {
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
