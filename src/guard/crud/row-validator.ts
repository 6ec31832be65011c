import type { ColumnProblem } from '../../model/values/column-problem.ts';
import type { MutatorDefinition, ReadonlyJSONObject, TableSchema } from '@rocicorp/zero';

/** The validator type of Zero; Zod schemas have the same shape. */
type Validator = NonNullable<
  MutatorDefinition<ReadonlyJSONObject, ReadonlyJSONObject>['validator']
>;

/** The columns that a row must have, and the others that it may have. */
export interface RowForm {
  readonly table: TableSchema;
  readonly required: readonly string[];
  /** A name in this list that is not a column is a time of the client, as a number. */
  readonly allowed: readonly string[];
  /** Constraints on values, in addition to their types. */
  readonly problems: Readonly<Record<string, ColumnProblem>>;
}

/**
 * Validates rows against a table's columns. One small function for all tables keeps bundles
 * small; a validator per table would not.
 */
export function rowValidator(form: RowForm): Validator {
  return {
    '~standard': {
      version: 1,
      vendor: 'techgarden',
      validate(value) {
        const issues = rowIssues(value, form);
        // The cast states the result of the check above.
        return issues.length === 0 ? { value: value as ReadonlyJSONObject } : { issues };
      },
    },
  };
}

interface Issue {
  readonly message: string;
  readonly path?: readonly [string];
}

function rowIssues(value: unknown, form: RowForm): readonly Issue[] {
  const { table, required, allowed, problems } = form;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return [{ message: 'not a row' }];
  }
  const row = value as Readonly<Record<string, unknown>>;
  return [
    ...required
      .filter((name) => !Object.hasOwn(row, name) || row[name] === undefined)
      .map((name) => issue(name, 'is missing')),
    ...Object.entries(row).flatMap(([name, content]) => {
      if (!allowed.includes(name)) {
        return [{ message: `${table.name} has no column ${name} to write` }];
      }
      const { type, optional } = table.columns[name] ?? CLOCK;
      if (content === undefined) return [];
      if (content === null) return optional ? [] : [issue(name, 'is null')];
      if (!fits(content, type)) return [issue(name, `is not of type ${type}`)];
      const problem = problems[name]?.(content);
      return problem === undefined ? [] : [issue(name, problem)];
    }),
  ];
}

const issue = (column: string, problem: string): Issue => ({
  message: `${column} ${problem}`,
  path: [column],
});

const CLOCK = { type: 'number', optional: false } as const;

function fits(content: unknown, type: TableSchema['columns'][string]['type']): boolean {
  switch (type) {
    case 'string':
      // Postgres text cannot contain these characters.
      return typeof content === 'string' && !content.includes('\0') && content.isWellFormed();
    case 'number':
      return Number.isFinite(content);
    case 'boolean':
      return typeof content === 'boolean';
    default:
      return true;
  }
}
