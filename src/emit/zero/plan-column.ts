import { aboutColumn } from '../../model/about.ts';
import type { Column } from '../../model/column.ts';
import type { Table } from '../../model/table.ts';
import { primaryKeyOf } from '../../model/table-keys.ts';
import type { ColumnChoices, DefaultsChoice } from '../../model/zero-choices.ts';
import type { Finding } from '../../report/problem.ts';
import { warning } from './finding.ts';
import type { CustomType, ZeroColumn } from './zero-nodes.ts';
import { sqlType } from '../../model/sql-type.ts';
import { reportSecret } from './report-secret.ts';
import { zeroValue, type ZeroValue } from './zero-value.ts';

export interface PlannedColumn {
  /** Absent if the column is left out. */
  readonly zero?: ZeroColumn;
  readonly findings: readonly Finding[];
  /** The database fills the column, and no setting defines how clients treat it. */
  readonly unsettledDefault: boolean;
}

/** A column's settings, and its table. */
export interface ColumnContext {
  readonly table: Table;
  readonly choice: boolean | ColumnChoices | undefined;
  readonly defaults: DefaultsChoice | undefined;
}

const LEFT_OUT: PlannedColumn = { findings: [], unsettledDefault: false };
const SERVER_NAME = /^[A-Za-z_][A-Za-z0-9_.-]*$/;

/** Plans a column in Zero, and reports problems. */
export function planColumn(column: Column, context: ColumnContext): PlannedColumn {
  const { table, choice } = context;
  if (column.serverOnly || choice === false) return LEFT_OUT;
  const value = zeroValue(column.type);
  const problem = reasonToLeaveOut(column, value, context);
  if (problem || value === undefined) {
    return { ...LEFT_OUT, findings: problem ? [problem] : [] };
  }
  const { optional, unsettled } = optionality(column, context);
  const custom = customType(column, table, value);
  return {
    zero: {
      name: column.key,
      ...(column.name === column.key ? {} : { serverName: column.name }),
      type: value.type,
      optional,
      ...(custom && { custom }),
    },
    findings:
      choice === undefined ? [...losses(column, table, value), ...reportSecret(column, table)] : [],
    unsettledDefault: unsettled,
  };
}

function reasonToLeaveOut(
  column: Column,
  value: ZeroValue | undefined,
  { table, choice }: ColumnContext,
): Finding | undefined {
  const name = `${table.exportName}.${column.key}`;
  const about = aboutColumn(table, column);
  const leaveOut = `zero.tables.${table.exportName}.columns.${column.key}: false`;
  const inserts =
    column.notNull && column.default === undefined && column.generated === undefined
      ? ' It is NOT NULL without a default, so no client can insert a row.'
      : '';
  if (value === undefined) {
    const type = column.type.kind === 'other' ? column.type.sql.trim() : sqlType(column.type);
    const nameless = /^(?:\[\])*$/.test(type);
    return warning({
      code: 'zero/unsupported-type',
      message: `${name} is left out: ${nameless ? 'the dataType() of its custom type returns no type' : `zero-cache cannot sync ${type}`}.${inserts}`,
      ...about,
      fix: `${nameless ? 'let dataType() return one' : 'keep what clients need in a column of another type'}, or set ${leaveOut}.`,
    });
  }
  if (column.generated === 'virtual') {
    return warning({
      code: 'zero/generated',
      message: `${name} is left out: Postgres does not replicate virtual columns.`,
      ...about,
      fix: `make it STORED, or set ${leaveOut}.`,
    });
  }
  if (column.generated === 'stored' && choice === undefined) {
    return warning({
      code: 'zero/generated',
      message: `${name} is left out: only Postgres 18 and later replicate generated columns.`,
      ...about,
      fix: `if your server runs Postgres 18 or later, zero.tables.${table.exportName}.columns.${column.key}: true syncs it; or set ${leaveOut}.`,
    });
  }
  if (!SERVER_NAME.test(column.name) || column.name === '_0_version') {
    return warning({
      code: 'zero/column-name',
      message: `${name} is left out: zero-cache does not support the column name ${JSON.stringify(column.name)}.${inserts}`,
      ...about,
      fix: `rename it in the database, or set ${leaveOut}.`,
    });
  }
  return undefined;
}

/** See `DefaultsChoice`: required and never null, or optional and briefly null. */
function optionality(
  column: Column,
  { table, choice, defaults }: ColumnContext,
): { readonly optional: boolean; readonly unsettled: boolean } {
  const isKey = primaryKeyOf(table).includes(column.key);
  if (!column.notNull && !isKey) return { optional: true, unsettled: false };
  const ofColumn = typeof choice === 'object' ? choice.defaults : undefined;
  // Clients may not write it, so an insert must omit it, unless no client inserts.
  if (column.generated !== undefined) {
    return { optional: ofColumn !== 'required', unsettled: false };
  }
  if (column.default === undefined) return { optional: false, unsettled: false };
  const said =
    ofColumn ?? (column.default === 'database' || defaults === 'required' ? defaults : undefined);
  if (said === undefined) return { optional: false, unsettled: choice === undefined };
  return { optional: said === 'optional', unsettled: false };
}

function customType(column: Column, table: Table, value: ZeroValue): CustomType | undefined {
  const { ts } = column;
  if (ts === undefined || !value.asDrizzle) return value.custom;
  if (ts.kind === 'text') return ts;
  const { file } = table;
  // Drizzle's row type lacks columns whose keys are numbers.
  if (file === undefined || String(Number(column.key)) === column.key) return value.custom;
  return {
    kind: 'inferred',
    table: table.exportName,
    file,
    column: column.key,
    nullable: !column.notNull,
  };
}

function losses(column: Column, table: Table, { loss }: ZeroValue): readonly Finding[] {
  if (loss === undefined) return [];
  const name = `${table.exportName}.${column.key}`;
  const settle = `set zero.tables.${table.exportName}.columns.${column.key}: true (or false)`;
  const about = aboutColumn(table, column);
  return [
    loss === 'big'
      ? warning({
          code: 'zero/big-integer',
          message: `${name} is a number in Zero: a single value beyond 2^53 - 1 makes every query for it fail.`,
          ...about,
          fix: `keep larger values as text; or, if there are none, ${settle}.`,
        })
      : warning({
          code: 'zero/lossy-numeric',
          message: `${name} is a number in Zero: digits beyond the fifteenth are lost, and a whole number beyond 2^53 - 1 makes every query for it fail.`,
          ...about,
          fix: `give it a precision of at most 15, keep it as text, or ${settle}.`,
        }),
  ];
}
