import type { Schema } from '../model/schema.ts';
import type { Table } from '../model/table.ts';

/** A named part of a table. */
export interface NamedPart {
  readonly kind: 'primary key' | 'unique constraint' | 'foreign key' | 'check' | 'index' | 'policy';
  readonly name: string;
  /** The name in the definitions, if Postgres cuts it. */
  readonly cutFrom?: string;
  readonly columns: readonly string[];
  /** The part itself, in the model. */
  readonly source: object;
}

/** The constraints, indexes and policies of a table. */
export function namedParts({ policies }: Schema, table: Table): readonly NamedPart[] {
  const { primaryKey, uniques, foreignKeys, checks, indexes } = table;
  const of =
    (kind: NamedPart['kind']) =>
    (part: Part): NamedPart => {
      const { name, cutFrom, columns = [] } = part;
      return {
        kind,
        name,
        source: part,
        ...(cutFrom !== undefined && { cutFrom }),
        columns,
      };
    };
  return [
    ...(primaryKey ? [of('primary key')(primaryKey)] : []),
    ...uniques.map(of('unique constraint')),
    ...foreignKeys.map(of('foreign key')),
    ...checks.map(({ constraint, ...check }) =>
      of('check')({ ...check, columns: constraint ? [constraint.column] : [] }),
    ),
    ...indexes.map(({ columns, ...index }) =>
      of('index')({
        ...index,
        columns: columns.flatMap((each) => ('column' in each ? [each.column] : [])),
      }),
    ),
    ...policies.filter((policy) => policy.table === table.id).map(of('policy')),
  ];
}

interface Part {
  readonly name: string;
  readonly cutFrom?: string;
  readonly columns?: readonly string[];
}
