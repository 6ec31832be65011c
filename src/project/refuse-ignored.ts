import { getTableName, getTableUniqueName, is } from 'drizzle-orm';
import {
  CheckBuilder,
  ForeignKeyBuilder,
  IndexBuilder,
  PgPolicy,
  PrimaryKeyBuilder,
  UniqueConstraintBuilder,
  type PgTable,
} from 'drizzle-orm/pg-core';
import { ProblemError } from '../report/problem.ts';

const KINDS = [
  IndexBuilder,
  CheckBuilder,
  UniqueConstraintBuilder,
  PrimaryKeyBuilder,
  ForeignKeyBuilder,
  PgPolicy,
];

/**
 * Refuses a result of a table's third argument that Drizzle ignores. The types of the kit's pgTable
 * do not check it, so that the rules of two tables can name each other.
 */
export function refuseIgnored(table: PgTable, result: unknown): void {
  const found: readonly unknown[] = Array.isArray(result)
    ? (result as readonly unknown[]).flat(1)
    : Object.values(result ?? {});
  // `condition && index(…)`
  const ignored = found.find(
    (one) =>
      one !== undefined && one !== null && one !== false && !KINDS.some((kind) => is(one, kind)),
  );
  if (ignored === undefined && result !== undefined) return;
  const name = getTableName(table);
  const [what, fix] = explain(ignored);
  throw new ProblemError({
    code: 'schema/not-a-constraint',
    message: `the third argument of the table ${name} returns ${what}, which Drizzle ignores.`,
    object: getTableUniqueName(table),
    fix,
  });
}

function explain(ignored: unknown): readonly [what: string, fix: string] {
  if (ignored === undefined) return ['nothing', 'return an array: (t) => [index().on(t.name)].'];
  if (typeof ignored === 'object' && ignored !== null) {
    if ('on' in ignored) {
      return ['an index without columns', 'name its columns: index().on(t.name).'];
    }
    if ('op' in ignored) {
      return ['an access rule', 'pass the rule to access: ...access(t, { read: … }).'];
    }
  }
  const type = typeof ignored === 'object' ? 'an object' : `a ${typeof ignored}`;
  return [
    `${type} that is no index, constraint or policy`,
    'return only indexes, constraints, policies and ...access(t, …).',
  ];
}
