import { Column, is, Table } from 'drizzle-orm';
import { nearestName } from '../../report/nearest-name.ts';
import { ProblemError } from '../../report/problem.ts';

// TypeScript rejects all of this too, but `garden generate` runs a schema without a type check.

/** Refuses a value that is not a column, such as a misspelled one. */
export function refuseNoColumn(column: unknown, operation: string): void {
  if (is(column, Column)) return;
  throw new ProblemError({
    code: 'access/not-a-column',
    message: `${operation} needs a column and got ${show(column)}.`,
    fix:
      column === undefined
        ? "check the spelling: use the column's name in TypeScript, for example t.createdBy."
        : 'pass a column of the table, for example t.createdBy.',
  });
}

/** Refuses the columns of a view, or an argument that has no columns at all. */
export function refuseNoColumns(first: unknown): void {
  if (is(first, Column)) return;
  throw new ProblemError({
    code: 'access/not-a-table',
    message: 'access() needs the columns of a table.',
    fix: 'call it in the third argument of pgTable: (t) => [...access(t, { … })]. A view applies the rules of its tables if it has { securityInvoker: true }.',
  });
}

/** Refuses a table that is not wrapped in a function, which allows a table that is defined later. */
export function refuseNoTable(table: unknown, operation: 'exists' | 'can'): void {
  if (typeof table === 'function') return;
  const last = operation === 'can' ? ", 'read'" : '';
  throw new ProblemError({
    code: 'access/not-a-table',
    message: `${operation}() needs a function that returns the table and got ${show(table)}.`,
    fix: `write ${operation}(() => projects, { id: t.projectId }${last}).`,
  });
}

/** Refuses an unknown option, which would be ignored silently. */
export function refuseUnknown(
  given: object | undefined,
  known: readonly string[],
  place: string,
): void {
  if (given === undefined || typeof given !== 'object' || Array.isArray(given)) {
    throw unknownSetting(
      `${place} needs an object and got ${show(given)}.`,
      `pass an object with any of ${known.join(', ')}.`,
    );
  }
  const wrong = Object.keys(given).find((name) => !known.includes(name));
  if (wrong === undefined) return;
  const meant = nearestName(wrong, known) ?? SYNONYMS[wrong];
  throw unknownSetting(
    `${place} has no option ${wrong}.`,
    meant !== undefined && known.includes(meant)
      ? `did you mean ${meant}?`
      : `use one of ${known.join(', ')}.`,
  );
}

/** Refuses `immutable` that is not a list of columns. */
export function refuseImmutable(immutable: unknown, place: string): void {
  if (!Array.isArray(immutable)) {
    throw unknownSetting(
      `immutable in ${place} needs a list of columns and got ${show(immutable)}.`,
      'write a list: immutable: [t.createdBy].',
    );
  }
  for (const column of immutable as readonly unknown[]) {
    refuseNoColumn(column, `immutable in ${place}`);
  }
}

/** Names from SQL and from other libraries. */
const SYNONYMS: Readonly<Record<string, string>> = {
  select: 'read',
  create: 'insert',
  edit: 'update',
  remove: 'delete',
  path: 'at',
};

const unknownSetting = (message: string, fix: string): ProblemError =>
  new ProblemError({ code: 'access/unknown-setting', message, fix });

function show(value: unknown): string {
  if (is(value, Table)) return 'a table';
  if (is(value, Column)) return 'a column';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'function') return 'a function';
  return typeof value === 'object' && value !== null
    ? 'an object'
    : (JSON.stringify(value) ?? String(value));
}
