import { placed } from '../report/placed.ts';
import type { Problem } from '../report/problem.ts';
import type { Column } from './column.ts';
import type { Relation } from './schema.ts';
import { qualifiedName } from './table-id.ts';
import type { Table } from './table.ts';
import type { View } from './view.ts';

/** The object of a problem and its places in the source. */
type About = Required<Pick<Problem, 'object' | 'places'>>;

export const aboutTable = (table: Table | View): About => ({
  object: qualifiedName(table),
  places: placed(table.exportName, table.at),
});

/** Falls back to the table's place if the column's place is unknown. */
export const aboutColumn = (table: Table, { name, key, at = table.at }: Column): About => ({
  object: qualifiedName(table, name),
  places: placed(`${table.exportName}.${key}`, at),
});

/** A relation has no name in the database, so its object is its name in the code. */
export function aboutRelation({ from, name, at }: Pick<Relation, 'from' | 'name' | 'at'>): About {
  const object = `${from}.${name}`;
  return { object, places: placed(object, at) };
}
