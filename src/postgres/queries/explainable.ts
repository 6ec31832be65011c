import type { AnyDatabase } from '../any-database.ts';
import { nearestName } from '../../report/nearest-name.ts';
import { ProblemError } from '../../report/problem.ts';
import type { ExplainableQuery } from './explain-query.ts';
import type { PreparedQuery, QueryValues } from './prepared-query.ts';

/** A prepared query, whatever its values and rows. */
export type AnyPreparedQuery = PreparedQuery<Record<string, unknown>, unknown>;

/** Gives a query its values. They must be exactly those of its placeholders. */
export function explainable(
  query: AnyPreparedQuery,
  db: AnyDatabase,
  values: QueryValues,
): ExplainableQuery {
  const expected = query.placeholders(db);
  const missing = expected.filter((name) => values[name] === undefined);
  if (missing.length > 0) throw missingValues(query.name, missing);
  const unknown = Object.keys(values).find((name) => !expected.includes(name));
  if (unknown !== undefined) throw unknownValue(query.name, unknown, expected);
  return {
    name: query.name,
    summary: query.summary,
    statement: (on) => query.statement(on, values),
    run: (on) => query(on, values),
  };
}

function missingValues(query: string, missing: readonly string[]): ProblemError {
  const shape = missing.map((name) => `"${name}": …`).join(', ');
  return new ProblemError({
    code: 'queries/values',
    message: `the query ${query} needs a value for ${missing.join(', ')}.`,
    fix: `pass --values '{ ${shape} }', or give the query an example() that returns rows of the database.`,
  });
}

function unknownValue(query: string, unknown: string, expected: readonly string[]): ProblemError {
  const nearest = nearestName(unknown, expected);
  return new ProblemError({
    code: 'queries/values',
    message: `the query ${query} has no placeholder ${JSON.stringify(unknown)}.`,
    fix:
      nearest !== undefined
        ? `did you mean ${nearest}?`
        : expected.length === 0
          ? 'leave --values out: the query has no placeholders.'
          : `its placeholders are: ${expected.join(', ')}.`,
  });
}
