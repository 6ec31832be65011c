import type { NamedQueries } from '../../command/app.ts';
import { explainable, type AnyPreparedQuery } from '../../postgres/queries/explainable.ts';
import { loadSettingModule } from '../../project/load-setting-module.ts';
import { ProblemError } from '../../report/problem.ts';

/** The prepared queries that the module of `preparedQueries` exports. */
export async function projectQueries(folder: string): Promise<NamedQueries> {
  const { exports, name, place } = await loadSettingModule(folder, 'preparedQueries', {
    code: 'queries/none',
    fix: "set preparedQueries: './queries.ts' there; it exports queries that preparedQuery() of @techgarden/schema/server made. Use --app NAME for the queries of an app of this package.",
  });
  const queries = Object.values(exports).filter(isQuery);
  if (queries.length === 0) {
    throw new ProblemError({
      code: 'queries/no-exports',
      message: `${name} exports no prepared query.`,
      places: [place],
      fix: 'export what preparedQuery() of @techgarden/schema/server returns.',
    });
  }
  return {
    list: queries.map((query) => ({ name: query.name, summary: query.summary })),
    async find(db, wanted, values) {
      const query = queries.find((one) => one.name === wanted) as AnyPreparedQuery;
      return explainable(query, db, values ?? (await exampleOf(query, db)));
    },
  };
}

const isQuery = (one: unknown): one is AnyPreparedQuery =>
  typeof one === 'function' && 'statement' in one && 'placeholders' in one;

async function exampleOf(
  query: AnyPreparedQuery,
  db: Parameters<AnyPreparedQuery>[0],
): Promise<Readonly<Record<string, unknown>>> {
  if (query.example === undefined) return {};
  const found = await query.example(db);
  if (found !== undefined) return found;
  throw new ProblemError({
    code: 'queries/empty',
    message: `the database has no rows to run ${query.name} on.`,
    fix: 'run `garden seed` first, or pass --values.',
  });
}
