import type { MutatorDefinition, ReadonlyJSONObject, TableSchema } from '@rocicorp/zero';

/** What Zero takes for a validator; Zod's are of the same form. */
type Validator = NonNullable<
  MutatorDefinition<ReadonlyJSONObject, ReadonlyJSONObject>['validator']
>;

/** Which columns a row must have, and which others it may. */
export interface RowForm {
  readonly table: TableSchema;
  readonly required: readonly string[];
  /** What is no column among these is a clock's number. */
  readonly allowed: readonly string[];
}

/**
 * Checks rows against a table's columns: a few lines for all tables, where a
 * validator for each would weigh on every bundle.
 */
export function rowValidator(form: RowForm): Validator {
  return {
    '~standard': {
      version: 1,
      vendor: 'techgarden',
      validate(value) {
        const issues = rowIssues(value, form).map((message) => ({ message }));
        // The cast says what the check above has found.
        return issues.length === 0 ? { value: value as ReadonlyJSONObject } : { issues };
      },
    },
  };
}

function rowIssues(value: unknown, { table, required, allowed }: RowForm): readonly string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return ['not a row'];
  const row = value as Readonly<Record<string, unknown>>;
  return [
    ...required
      .filter((name) => !Object.hasOwn(row, name) || row[name] === undefined)
      .map((name) => `${name} is missing`),
    ...Object.entries(row).flatMap(([name, content]) => {
      if (!allowed.includes(name)) return [`${table.name} has no column ${name} to write`];
      const { type, optional } = table.columns[name] ?? CLOCK;
      if (content === undefined) return [];
      if (content === null) return optional ? [] : [`${name} is null`];
      return fits(content, type) ? [] : [`${name} is no ${type}`];
    }),
  ];
}

const CLOCK = { type: 'number', optional: false } as const;

function fits(content: unknown, type: TableSchema['columns'][string]['type']): boolean {
  switch (type) {
    case 'string':
      // What Postgres has no place for in text.
      return typeof content === 'string' && !content.includes('\0') && content.isWellFormed();
    case 'number':
      return Number.isFinite(content);
    case 'boolean':
      return typeof content === 'boolean';
    default:
      return true;
  }
}
