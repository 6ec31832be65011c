import {
  defineMutator,
  type DeleteID,
  type InsertValue,
  type MutatorDefinition,
  type ReadonlyJSONObject,
  type Schema,
  type TableSchema,
  type Transaction,
  type UpdateValue,
} from '@rocicorp/zero';
import type { ImmutableNames, RowChecks } from '../../model/column-check.ts';
import { problemsOf } from './problems-of.ts';
import { rowValidator, type RowForm } from './row-validator.ts';

type Columns<Table extends TableSchema> = keyof Table['columns'];
type Mutator<Args> = Args extends ReadonlyJSONObject ? MutatorDefinition<Args, Args> : never;

/** The key, and the columns that an update may change. */
type Changes<Table extends TableSchema, Checks> = Omit<
  UpdateValue<Table>,
  Exclude<ImmutableNames<Checks>, Table['primaryKey'][number]>
>;

/** The generated mutators of one table; `Checks` are the literal ones of zero-checks.gen.ts. */
export type TableMutators<Table extends TableSchema, Checks = {}> = {
  readonly insert: Mutator<InsertValue<Table>>;
  readonly update: Mutator<Changes<Table, Checks>>;
  readonly delete: Mutator<DeleteID<Table>>;
} & ('deletedAt' extends Columns<Table>
  ? {
      /** Deletes softly; `at` is the client's time. */
      readonly softDelete: Mutator<DeleteID<Table> & { readonly at: number }>;
      readonly restore: Mutator<DeleteID<Table> & { readonly at: number }>;
    }
  : unknown);

/** The generated mutators of a schema. */
export type CrudMutators<
  S extends Schema,
  Names extends keyof S['tables'],
  InsertOnly extends PropertyKey = never,
  Checks = {},
> = {
  readonly [Name in Names]: Name extends InsertOnly
    ? Pick<TableMutators<S['tables'][Name]>, 'insert'>
    : TableMutators<S['tables'][Name], Name extends keyof Checks ? Checks[Name] : {}>;
};

/** The tables that get mutators. */
export interface CrudOptions<
  Names extends PropertyKey,
  InsertOnly extends PropertyKey = never,
  Checks extends RowChecks = RowChecks,
> {
  /**
   * Only these tables. Exclude tables whose writes need more logic than a row change,
   * because the generated insert would bypass that logic.
   */
  readonly tables?: readonly Names[];
  /**
   * `checks` of zero-checks.gen.ts. A value that the table refuses is then refused before
   * the row is shown, not after the server's answer, and the types of `update` have no
   * immutable columns.
   */
  readonly checks?: Checks;
  /**
   * `insertOnly` of zero-checks.gen.ts: append-only tables, whose only mutator is insert.
   */
  readonly insertOnly?: readonly InsertOnly[];
}

/**
 * Insert, update and delete for every table of a schema, and softDelete and restore for
 * tables with `deletedAt`. Arguments are validated against the columns and their
 * constraints; on the server, the access rules decide whether the write is allowed.
 *
 * @example
 * const mutators = defineMutators({ rows: crudMutators(schema, { checks }) });
 * await zero.mutate(mutators.rows.tags.softDelete({ id, at: Date.now() })).client;
 */
export function crudMutators<
  const S extends Schema,
  Names extends keyof S['tables'] & string = keyof S['tables'] & string,
  const InsertOnly extends keyof S['tables'] & string = never,
  const Checks extends RowChecks = {},
>(
  schema: S,
  options: CrudOptions<Names, InsertOnly, Checks> = {},
): CrudMutators<S, Names, InsertOnly, Checks> {
  const insertOnly: ReadonlySet<string> = new Set(options.insertOnly);
  const names: readonly string[] = options.tables ?? Object.keys(schema.tables);
  const mutators = names.flatMap((name) => {
    const table = schema.tables[name];
    if (!table) return [];
    const { insert, ...others } = tableMutators(name, table, options.checks?.[name]);
    return [[name, insertOnly.has(name) ? { insert } : { insert, ...others }]];
  });
  // Zero types the writes of each table by its columns; this code is generic.
  return Object.fromEntries(mutators) as CrudMutators<S, Names, InsertOnly, Checks>;
}

function tableMutators(
  name: string,
  table: TableSchema,
  checks: RowChecks[string] = {},
): Record<string, Mutator<Row>> {
  const problems = problemsOf(checks);
  const columns = Object.keys(table.columns);
  const key = table.primaryKey;
  const needed = columns.filter(
    (column) => key.includes(column) || !table.columns[column]?.optional,
  );
  const mutator = (
    form: Pick<RowForm, 'required' | 'allowed'>,
    write: (writes: Writes, row: Row, ctx: unknown) => Promise<void>,
  ): Mutator<Row> =>
    defineMutator(rowValidator({ table, problems, ...form }), ({ tx, args, ctx }) =>
      write(writesOf(tx, name), args, ctx),
    );
  const soft = (changes: (at: number, ctx: unknown) => Row): Mutator<Row> =>
    mutator({ required: [...key, 'at'], allowed: [...key, 'at'] }, (writes, { at, ...row }, ctx) =>
      writes.update({ ...row, ...known(table, { ...changes(Number(at), ctx), updatedAt: at }) }),
    );
  return {
    insert: mutator({ required: needed, allowed: columns }, (writes, row) => writes.insert(row)),
    update: mutator({ required: key, allowed: columns }, (writes, row) => writes.update(row)),
    delete: mutator({ required: key, allowed: key }, (writes, row) => writes.delete(row)),
    ...('deletedAt' in table.columns
      ? {
          softDelete: soft((at, ctx) => ({ deletedAt: at, deletedBy: subjectOf(ctx) })),
          restore: soft(() => ({ deletedAt: null, deletedBy: null })),
        }
      : {}),
  };
}

type Row = ReadonlyJSONObject;
type Writes = Readonly<Record<'insert' | 'update' | 'delete', (row: Row) => Promise<void>>>;

const writesOf = (tx: unknown, table: string): Writes =>
  (tx as Transaction<Schema>).mutate[table] as unknown as Writes;

/** The row's columns that exist in the table. */
const known = (table: TableSchema, row: Row): Row =>
  Object.fromEntries(Object.entries(row).filter(([name]) => name in table.columns));

/** The `sub` of the context, whatever type of context the application has. */
function subjectOf(ctx: unknown): string | null {
  const sub: unknown = typeof ctx === 'object' && ctx !== null && 'sub' in ctx ? ctx.sub : null;
  return typeof sub === 'string' ? sub : null;
}
