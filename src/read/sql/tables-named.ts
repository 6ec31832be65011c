import { tableId } from '../../model/table-id.ts';
import type { ParseSql } from './open-parser.ts';
import { nodesIn } from './plain-tree.ts';

/** The ids of the tables and views in a query, or `undefined` if it is not valid SQL. */
export function tablesNamed(query: string, parse: ParseSql): readonly string[] | undefined {
  const statements = parse(query);
  if (!statements) return undefined;
  const ids = [...nodesIn(statements)].flatMap((node) => {
    const range = node['RangeVar'] as { relname?: string; schemaname?: string } | undefined;
    return range?.relname === undefined ? [] : [tableId(range.schemaname, range.relname)];
  });
  return [...new Set(ids)];
}
