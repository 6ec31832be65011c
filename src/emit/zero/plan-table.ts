import { aboutColumn, aboutTable } from '../../model/about.ts';
import type { Column } from '../../model/column.ts';
import type { Table } from '../../model/table.ts';
import { schemaOf } from '../../model/table-id.ts';
import type { TableChoices, ZeroChoices } from '../../model/zero-choices.ts';
import type { Finding } from '../../report/problem.ts';
import { chooseKey } from './choose-key.ts';
import { error } from './finding.ts';
import { planColumn } from './plan-column.ts';
import { reportGenerated } from './report-generated.ts';
import type { ZeroColumn } from './zero-nodes.ts';
import { own } from './own.ts';

/** A synced table. */
export interface PlannedTable {
  readonly source: Table;
  readonly name: string;
  readonly serverName?: string;
  readonly columns: ReadonlyMap<string, ZeroColumn>;
  readonly key: readonly string[];
}

export interface TablePlan {
  /** Absent if the table is left out. */
  readonly table?: PlannedTable;
  readonly findings: readonly Finding[];
  /** Columns with database defaults that no setting covers. */
  readonly unsettled: readonly Column[];
}

const TABLE_NAME = /^[A-Za-z_]+[A-Za-z0-9_-]*$/;

/** Plans a table in Zero; leaves out and reports everything that cannot be synced. */
export function planTable(
  source: Table,
  choice: TableChoices | undefined,
  defaults: ZeroChoices['defaults'],
): TablePlan {
  const name = choice?.name ?? source.exportName;
  const wrongName = refuseName(source, name);
  if (wrongName) return { findings: [wrongName], unsettled: [] };

  const planned = source.columns.map((column) => ({
    column,
    ...planColumn(column, {
      table: source,
      choice: own(choice?.columns, column.key),
      defaults: choice?.defaults ?? defaults,
    }),
  }));
  const columns = new Map(
    planned.flatMap(({ column, zero }) => (zero ? [[column.key, zero] as const] : [])),
  );
  const { key, findings } = chooseKey(source, columns, choice);
  // If the table is left out, its columns do not matter.
  if (key === undefined) return { findings, unsettled: [] };
  const generated = (column: Column): readonly Finding[] =>
    reportGenerated(
      column,
      { table: source, choice: own(choice?.columns, column.key) },
      key.includes(column.key),
    );
  return {
    table: {
      source,
      name,
      ...(source.id === name ? {} : { serverName: source.id }),
      columns: withoutOptionalKey(columns, key),
      key,
    },
    findings: [
      ...findings,
      ...key.flatMap((name) => optionalKey(source, choice, name)),
      ...planned.flatMap(({ column, zero, findings: ofIt }) => [
        ...ofIt,
        ...(zero ? generated(column) : []),
      ]),
    ],
    unsettled: planned.filter((one) => one.unsettledDefault).map(({ column }) => column),
  };
}

/** The finding for a key that a setting makes optional. */
function optionalKey(
  table: Table,
  choice: TableChoices | undefined,
  name: string,
): readonly Finding[] {
  const said = own(choice?.columns, name);
  if (typeof said !== 'object' || said.defaults !== 'optional') return [];
  const { exportName } = table;
  const column = table.columns.find(({ key }) => key === name);
  return [
    error({
      code: 'zero/default',
      message: `${exportName}.${name} is in the key, which every insert must set: it stays required.`,
      ...(column && aboutColumn(table, column)),
      settings: [['zero', 'tables', exportName, 'columns', name, 'defaults']],
      fix: "set 'required', or remove the setting.",
    }),
  ];
}

/** An insert in Zero always sets the key. */
const withoutOptionalKey = (
  columns: ReadonlyMap<string, ZeroColumn>,
  keys: readonly string[],
): ReadonlyMap<string, ZeroColumn> =>
  new Map(
    [...columns].map(([key, column]) => [
      key,
      keys.includes(key) ? { ...column, optional: false } : column,
    ]),
  );

function refuseName(source: Table, name: string): Finding | undefined {
  const about = aboutTable(source);
  if (!TABLE_NAME.test(name)) {
    return error({
      code: 'zero/table-name',
      message: `${JSON.stringify(name)} cannot be the name of a table in Zero. The table is left out.`,
      ...about,
      fix: `set zero.tables.${source.exportName}.name: letters, digits, _ and -, not starting with a digit.`,
    });
  }
  const inDatabase = [schemaOf(source), source.name].find((part) => !TABLE_NAME.test(part));
  if (inDatabase === undefined) return undefined;
  return error({
    code: 'zero/table-name',
    message: `zero-cache does not support the name ${JSON.stringify(inDatabase)} of ${source.exportName} in the database. The table is left out.`,
    ...about,
    fix: `rename it, or set zero.tables.${source.exportName}: false.`,
  });
}
