import { dirname, resolve } from 'node:path';
import { appOption, findApp, type App } from '../command/app.ts';
import type { CommandContext, Option } from '../command/command.ts';
import type { ConfiguredDatabase } from '../command/choose-database.ts';
import { hasDrizzleConfig } from '../project/find-drizzle-config.ts';
import { newSeen } from '../project/seen.ts';
import { configuredDatabase } from './configured-database.ts';
import { ProblemError } from '../report/problem.ts';

/** The target of a command: an app of this package, or the project in the working directory. */
export type Subject = AppSubject | ProjectSubject;

interface AppSubject {
  readonly kind: 'app';
  readonly app: App;
}

export interface ProjectSubject {
  readonly kind: 'project';
  /** The folder of its configs. */
  readonly folder: string;
  /** The folder of its migrations. */
  readonly migrations: string;
  /** The database in its `dbCredentials`. */
  readonly database: ConfiguredDatabase | undefined;
}

export const subjectOptions = (apps: readonly App[]): readonly Option[] => [
  appOption(apps),
  {
    name: 'config',
    value: 'FILE',
    help: "the project's drizzle-kit config",
    defaultText: 'drizzle.config.ts',
  },
];

/** Chooses the target of a command. An app must be named explicitly. */
export async function chooseSubject(
  { io, text }: CommandContext,
  apps: readonly App[],
): Promise<Subject> {
  const wanted = text('app');
  if (wanted !== undefined) return { kind: 'app', app: findApp(apps, wanted) };
  const config = text('config');
  if (config === undefined && !hasDrizzleConfig(io.cwd)) throw noProject(apps, io.cwd);
  // Imported here because it needs esbuild, which not every command does.
  const { loadDrizzleConfig } = await import('../project/load-drizzle-config.ts');
  const { configFile, settings } = await loadDrizzleConfig(io.cwd, config, newSeen());
  return {
    kind: 'project',
    folder: dirname(configFile),
    migrations: resolve(io.cwd, settings.out ?? 'drizzle'),
    database: configuredDatabase(io.cwd, configFile, settings),
  };
}

const noProject = (apps: readonly App[], cwd: string): ProblemError =>
  new ProblemError({
    code: 'cli/no-project',
    message: 'there is no drizzle.config.ts here.',
    context: [cwd],
    fix: `run it in the folder of your drizzle.config.ts, or choose an app of this package: --app ${apps[0]?.name ?? ''}.`,
  });
