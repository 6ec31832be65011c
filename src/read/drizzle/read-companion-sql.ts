import type { CompanionSql } from '../../kit/index.ts';
import type { CompanionStatement } from '../../model/companion-statement.ts';
import { ProblemError } from '../../report/problem.ts';

/** The companion SQL among a schema's exports, in an order independent of the exports. */
export function readCompanionSql(exported: readonly unknown[]): readonly CompanionStatement[] {
  const declared = [...new Set(exported.filter(isCompanionSql))];
  const statements = declared
    .toSorted((a, b) => (firstKey(a) < firstKey(b) ? -1 : 1))
    .flatMap((one) => one.statements);
  refuseTwice(statements);
  return statements;
}

const firstKey = ({ statements }: CompanionSql): string => statements[0]?.key ?? '';

function isCompanionSql(value: unknown): value is CompanionSql {
  return (
    typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'companion-sql'
  );
}

function refuseTwice(statements: readonly CompanionStatement[]): void {
  const keys = statements.map(({ key }) => key);
  const twice = keys.find((key, at) => keys.indexOf(key) !== at);
  if (twice === undefined) return;
  throw new ProblemError({
    code: 'generate/companion-twice',
    message: `companion SQL has the key ${JSON.stringify(twice)} twice.`,
    fix: 'give each statement its own key, which identifies it.',
  });
}
