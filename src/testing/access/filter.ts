import type { Condition } from '@rocicorp/zero';
import type { Join } from '../../model/rule.ts';
import { sqlName, sqlTable } from './sql-value.ts';
import type { Filter, Row } from './world.ts';

/** Whether a row meets a filter; `hasRow` answers whether a visible row of another table is joined. */
export function meets(
  filter: Filter,
  row: Row,
  hasRow: (table: string, on: Join) => boolean,
): boolean {
  switch (filter.op) {
    case 'null':
    case 'not null':
      return (row[filter.column] === null) === (filter.op === 'null');
    case 'and':
      return filter.parts.every((part) => meets(part, row, hasRow));
    case 'or':
      return filter.parts.some((part) => meets(part, row, hasRow));
    case 'exists':
    case 'not exists':
      return hasRow(filter.table, filter.on) === (filter.op === 'exists');
  }
}

/** A filter as SQL, for a row with this alias. */
export function filterSql(filter: Filter, row: string): string {
  switch (filter.op) {
    case 'null':
    case 'not null':
      return `${row}.${sqlName(filter.column)} is ${filter.op}`;
    case 'and':
    case 'or':
      return `(${filter.parts.map((part) => filterSql(part, row)).join(` ${filter.op} `)})`;
    case 'exists':
    case 'not exists': {
      const joined = filter.on.map(
        ({ own, other }) => `f.${sqlName(other)} = ${row}.${sqlName(own)}`,
      );
      return `${filter.op} (select from ${sqlTable(filter.table)} f where ${joined.join(' and ')})`;
    }
  }
}

/** A filter as ZQL. */
export function filterCondition(filter: Filter, alias = 'zsubq_filter'): Condition {
  switch (filter.op) {
    case 'null':
    case 'not null':
      return {
        type: 'simple',
        op: filter.op === 'null' ? 'IS' : 'IS NOT',
        left: { type: 'column', name: filter.column },
        right: { type: 'literal', value: null },
      };
    case 'and':
    case 'or':
      return {
        type: filter.op,
        conditions: filter.parts.map((part, at) => filterCondition(part, `${alias}${at}`)),
      };
    case 'exists':
    case 'not exists':
      return {
        type: 'correlatedSubquery',
        op: filter.op === 'exists' ? 'EXISTS' : 'NOT EXISTS',
        related: {
          system: 'client',
          correlation: {
            parentField: filter.on.map(({ own }) => own) as [string, ...string[]],
            childField: filter.on.map(({ other }) => other) as [string, ...string[]],
          },
          subquery: { table: filter.table, alias },
        },
      };
  }
}
