import { ApplicationError } from '@rocicorp/zero';
import type { RowChecks } from '../../model/column-check.ts';
import { problemsOf } from './problems-of.ts';

type Write = (row: Readonly<Record<string, unknown>>) => Promise<void>;
type Writes = Readonly<Record<string, Write>>;

const CHECKED: ReadonlySet<string> = new Set(['insert', 'update', 'upsert']);

/**
 * The writes of a transaction, for your own mutators. Each row is checked with `checks` of
 * zero-checks.gen.ts before it is written: a value that the table refuses is refused before the
 * row is shown, with the message of {@link crudMutators}.
 *
 * @example
 * const write = checkedWrites(tx, checks);
 * await write.bookmarks.insert({ id });
 */
export function checkedWrites<Mutate extends object>(
  tx: { readonly mutate: Mutate },
  checks: RowChecks,
): Mutate {
  // An empty target: a proxy must return the properties of a frozen one.
  return new Proxy({} as Mutate, {
    get(_, table) {
      const writes = Reflect.get(tx.mutate, table) as Writes | undefined;
      const own = typeof table === 'string' ? checks[table] : undefined;
      return writes && own ? checkedTable(writes, own) : writes;
    },
  });
}

const checkedTable = (writes: Writes, checks: RowChecks[string]): Writes =>
  new Proxy<Writes>(
    {},
    {
      get(_, verb) {
        const write = Reflect.get(writes, verb) as Write | undefined;
        if (!write || !CHECKED.has(String(verb))) return write;
        // Zero reports a mutator that rejects, not one that throws before it is awaited.
        return async (row: Parameters<Write>[0]) => {
          refuseInvalid(row, checks);
          return write(row);
        };
      },
    },
  );

function refuseInvalid(row: Parameters<Write>[0], checks: RowChecks[string]): void {
  const problems = problemsOf(checks);
  const issues = Object.entries(row).flatMap(([column, value]) => {
    // A NULL is a matter of the type.
    const problem = value === undefined || value === null ? undefined : problems[column]?.(value);
    return problem === undefined ? [] : [{ message: `${column} ${problem}`, path: [column] }];
  });
  if (issues.length === 0) return;
  const text = issues.map(({ message }) => message).join(', ');
  throw new ApplicationError(`${text}.`, { details: { code: 'sync/invalid-row', issues } });
}
