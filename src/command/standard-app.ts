import type { AnyDatabase } from '../postgres/any-database.ts';
import { explainable, type AnyPreparedQuery } from '../postgres/queries/explainable.ts';
import { ProblemError } from '../report/problem.ts';
import type { App } from './app.ts';
import { standardSeed, type AppSeed } from './standard-seed.ts';
import type { AppStack } from './standard-target.ts';

/** The parts of an app without commands, a worker or a page of its own. */
export interface StandardApp extends Pick<App, 'name' | 'migrations' | 'tables' | 'sql'> {
  readonly seed: AppSeed;
  readonly stack: AppStack;
  /** Prepared queries for `garden explain`, loaded on demand. */
  preparedQueries(): Promise<readonly AnyPreparedQuery[]>;
}

/** An app whose seed, stack and queries work like those of a project. */
export const standardApp = ({ seed, stack, preparedQueries, ...app }: StandardApp): App => ({
  ...app,
  seed: standardSeed(app.name, seed),
  async queries() {
    const list = await preparedQueries();
    return {
      list: list.map(({ name, summary }) => ({ name, summary })),
      async find(db, name, values) {
        const query = list.find((one) => one.name === name);
        if (query === undefined) throw new TypeError(`${app.name} has no query ${name}`);
        return explainable(query, db, values ?? (await valuesOf(query, db, app.name)));
      },
    };
  },
  async dev() {
    // It needs optional peers, which other commands run without.
    const { standardTarget } = await import('./standard-target.ts');
    return standardTarget(app, seed, stack);
  },
  commands: [],
});

async function valuesOf(
  query: AnyPreparedQuery,
  db: AnyDatabase,
  app: string,
): Promise<Record<string, unknown>> {
  const values = await query.example?.(db);
  if (values !== undefined) return values;
  throw new ProblemError({
    code: 'queries/empty',
    message: `${app} has no data to run the query on.`,
    fix: `run \`garden seed --app ${app}\` first, or pass --values.`,
  });
}
