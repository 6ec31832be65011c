import { ProblemError } from '../report/problem.ts';
import { nearestName } from '../report/nearest-name.ts';
import type { AnyDatabase } from '../postgres/any-database.ts';
import type { ExplainableQuery } from '../postgres/queries/explain-query.ts';
import type { QueryValues } from '../postgres/queries/prepared-query.ts';
import type { DevTarget } from './dev-target.ts';
import type { Command, Option } from './command.ts';

/** The part of an app that the command line uses. */
export interface App {
  readonly name: string;
  /** Absolute path of its migrations folder. */
  readonly migrations: string;
  /** Runs `garden seed` for this app. */
  readonly seed: Command;
  /** The exports of its tables for `garden rules`, loaded on demand. */
  tables(): Promise<{ readonly file: string; readonly exports: Record<string, unknown> }>;
  /** How `garden sql` writes the app. */
  readonly sql?: AppSql;
  /** Named queries for `garden explain`, loaded on demand. */
  queries(): Promise<NamedQueries>;
  /** What `garden dev` runs, loaded on demand. */
  dev(options: AppDevOptions): Promise<DevTarget>;
  /** Additional commands of the app. */
  readonly commands: readonly Command[];
}

interface AppSql {
  /** The table that `auth.users` replaces with --supabase. */
  readonly users?: string;
  /** The paths of the written files. */
  readonly layout?: {
    readonly schema: string;
    readonly readme: string;
    readonly types: string;
  };
  /** Defaults, as SQL by table and column, that the definitions leave to the client. */
  readonly defaults?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** How `--split` arranges the files, loaded on demand. */
  parts?(): Promise<AppSqlParts>;
}

/** Files by subject, and the rows that every installation starts with. */
export interface AppSqlParts {
  readonly modules: readonly {
    readonly file: string;
    readonly title: string;
    readonly tables?: readonly string[];
    readonly part?: 'core' | 'performance' | 'security';
  }[];
  readonly data: {
    readonly file: string;
    readonly title: string;
    readonly statements: readonly string[];
  };
  readonly migrations: { readonly schema: string; readonly data: string };
  readonly readme: string;
}

export interface AppDevOptions {
  /** The command of a worker, which receives DATABASE_URL; absent with --no-worker. */
  readonly worker: readonly [string, ...string[]] | undefined;
}

/** The named queries of an app or a project. */
export interface NamedQueries {
  readonly list: readonly { readonly name: string; readonly summary: string }[];
  /** One query, with the given values or with values from the database. */
  find(db: AnyDatabase, name: string, values?: QueryValues): Promise<ExplainableQuery>;
}

/** `--app`, for commands that work on an app or a project. */
export const appOption = (apps: readonly App[]): Option => ({
  name: 'app',
  value: 'NAME',
  help: `an app of this package, instead of the project in the current folder: ${apps.map(({ name }) => name).join(', ')}`,
});

/** Finds the app that `--app` names. */
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
