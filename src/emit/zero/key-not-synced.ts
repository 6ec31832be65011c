import { aboutColumn } from '../../model/about.ts';
import type { Column } from '../../model/column.ts';
import { qualifiedName } from '../../model/table-id.ts';
import type { Table } from '../../model/table.ts';
import type { TableChoices } from '../../model/zero-choices.ts';
import type { Finding } from '../../report/problem.ts';
import { error, listed } from './finding.ts';
import { own } from './own.ts';
import type { ZeroColumn } from './zero-nodes.ts';

interface Unfit {
  readonly table: Table;
  /** The key columns that Zero cannot use. */
  readonly columns: readonly string[];
  readonly synced: ReadonlyMap<string, ZeroColumn>;
  readonly choice: TableChoices | undefined;
  /** A unique constraint that Zero could use as the key. */
  readonly unique: readonly string[] | undefined;
}

/** The error for a key that Zero cannot use, with the reason and the simplest fixes. */
export function keyNotSynced({ table, columns, synced, choice, unique }: Unfit): Finding {
  const settings = `zero.tables.${table.exportName}`;
  const columnOf = (name: string): Column | undefined =>
    table.columns.find(({ key }) => key === name);
  const why = (name: string): Why => {
    const column = columnOf(name);
    if (synced.has(name)) return 'json';
    if (column?.serverOnly || own(choice?.columns, name) === false) return 'hidden';
    return column?.generated === 'stored' ? 'stored' : 'type';
  };
  const reasons = Map.groupBy(columns, why);
  const clauses = [...reasons].map(
    ([reason, names]) =>
      `${listed(names)} ${names.length === 1 ? 'is' : 'are'} in the key of ${table.exportName}, but ${WHY[reason]}`,
  );
  const [only] = reasons.keys();
  const stored = columns.map((name) => `${settings}.columns.${name}: true`).join(' and ');
  const ways = [
    ...(only === 'stored' && reasons.size === 1
      ? [`sync it with ${stored}, if your server is Postgres 18 or later`]
      : []),
    unique === undefined
      ? 'give it a key of columns that Zero can sync and compare'
      : `use a unique constraint instead: ${settings}.key: [${unique.map((name) => `'${name}'`).join(', ')}]`,
    ...(unique === undefined ? [`set ${settings}: false`] : []),
  ];
  return error({
    code: 'zero/key-not-synced',
    message: `${clauses.join('; ')}. The table is left out.`,
    object: qualifiedName(table),
    places: columns.flatMap((name) => {
      const column = columnOf(name);
      return column ? aboutColumn(table, column).places : [];
    }),
    fix: `${ways.join('; or ')}.`,
  });
}

type Why = 'json' | 'hidden' | 'stored' | 'type';
const WHY: Readonly<Record<Why, string>> = {
  json: 'Zero cannot compare JSON or arrays',
  hidden: 'is server-only',
  stored: 'only Postgres 18 and later replicate generated columns',
  type: 'zero-cache cannot sync it',
};
