import type { ImmutableNames } from '../model/column-check.ts';

/** A table of a Zero schema. Zero is not a dependency of the validators. */
export interface ZeroTable {
  readonly columns: Readonly<Record<string, ZeroColumn>>;
  readonly primaryKey: readonly string[];
}

interface ZeroColumn {
  readonly type: 'string' | 'number' | 'boolean' | 'json';
  readonly optional?: boolean;
  /** Exists only in the types. */
  readonly customType?: unknown;
}

interface Base {
  readonly string: string;
  readonly number: number;
  readonly boolean: boolean;
  readonly json: unknown;
}

type ValueOf<Column extends ZeroColumn> =
  | (Column extends { readonly customType: infer Custom } ? Custom : Base[Column['type']])
  | (Column extends { readonly optional: true } ? null : never);

type Names<Table extends ZeroTable> = keyof Table['columns'];

type OptionalNames<Table extends ZeroTable> = {
  [Name in Names<Table>]: Table['columns'][Name] extends { readonly optional: true } ? Name : never;
}[Names<Table>];

type KeyNames<Table extends ZeroTable> = Table['primaryKey'][number] & Names<Table>;

/** A row as a query returns it. */
export type ZeroRow<Table extends ZeroTable> = {
  readonly [Name in Names<Table>]: ValueOf<Table['columns'][Name]>;
};

/** A new row: nullable columns may be left out. */
export type ZeroInsert<Table extends ZeroTable> = Omit<ZeroRow<Table>, OptionalNames<Table>> & {
  readonly [Name in OptionalNames<Table>]?: ValueOf<Table['columns'][Name]> | undefined;
};

/** The key, and the columns to change. */
export type ZeroUpdate<Table extends ZeroTable, Checks = {}> = Pick<
  ZeroRow<Table>,
  KeyNames<Table>
> & {
  readonly [Name in Exclude<Names<Table>, KeyNames<Table> | ImmutableNames<Checks>>]?:
    | ValueOf<Table['columns'][Name]>
    | undefined;
};
