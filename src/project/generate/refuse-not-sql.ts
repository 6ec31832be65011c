import { aboutTable } from '../../model/about.ts';
import type { Schema } from '../../model/schema.ts';
import type { ParseSql } from '../../read/sql/open-parser.ts';
import { ProblemError, type Problem } from '../../report/problem.ts';

/** Refuses invalid SQL at its definition: in a migration it would have no line of the schema. */
export function refuseNotSql({ tables, views }: Schema, parse: ParseSql): void {
  const checks = tables.flatMap((table) =>
    table.checks
      .filter(({ sql }) => parse(`select (\n${sql}\n)`) === undefined)
      .map(({ name, sql }): Problem => ({
        code: 'schema/check-not-sql',
        message: `the check "${name}" of ${table.exportName} is not valid SQL for Postgres 18: ${sql}`,
        ...aboutTable(table),
        fix: 'correct the condition: sql`…` has to contain one expression, such as price > 0.',
      })),
  );
  const queries = views
    .filter(({ sql }) => sql !== undefined && parse(sql) === undefined)
    .map((view): Problem => ({
      code: 'schema/view-not-sql',
      message: `the query of the view ${view.exportName} is not valid SQL for Postgres 18.`,
      ...aboutTable(view),
      fix: 'correct the query: sql`…` has to contain one SELECT.',
    }));
  const [first, ...others] = [...checks, ...queries];
  if (first !== undefined) throw new ProblemError(first, { others });
}
