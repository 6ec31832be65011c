import { quoteName } from '../../src/model/quote-sql.ts';
import type { ForeignKey } from '../../src/model/foreign-key.ts';
import type { Schema } from '../../src/model/schema.ts';
import { qualifiedName, schemaOf } from '../../src/model/table-id.ts';
import type { Table } from '../../src/model/table.ts';
import { isWritten } from '../../src/rows/draw-row.ts';
import { isRequired, subjects } from '../../src/testing/schema/subjects.ts';

/** A change of a migrated database, and the failures that derived tests must report. */
export interface Mutant {
  readonly sql: string;
  /** Failures of the row trials. */
  readonly rows: readonly string[];
  /** Failures of the catalog comparison. */
  readonly catalog: readonly string[];
}

/** Name of an object of the table in the catalog comparison. */
type Name = (kind: string, object: string) => string;
type Derive = (table: Table, name: Name, tables: readonly Table[]) => readonly Mutant[];

/** The mutants of every table. */
const each =
  (derive: Derive) =>
  ({ tables }: Schema): readonly Mutant[] =>
    tables.flatMap((table) =>
      derive(table, (kind, object) => `catalog ${kind} ${qualifiedName(table, object)}`, tables),
    );

const alter = ({ name, schema }: Table): string =>
  `alter table ${quoteName(schema ?? 'public', name)}`;
const drop = (table: Table, constraint: string, rest = ''): string =>
  `${alter(table)} drop constraint ${quoteName(constraint)}${rest}`;

/** Replaces a CHECK by one that is always true. */
const checksLost = each((table, name) =>
  table.checks.map((check) => ({
    sql: drop(table, check.name),
    rows: [subjects.check(table, check)],
    catalog: [name('check', check.name)],
  })),
);
const checksWeakened = each((table, name) =>
  table.checks.map((check) => ({
    sql: `${drop(table, check.name)}, add constraint ${quoteName(check.name)} check (true)`,
    rows: [subjects.check(table, check)],
    catalog: [name('check', check.name)],
  })),
);

/** Drops or adds NOT NULL of a column. */
const nullsAllowed = each((table, name) =>
  table.columns
    .filter((column) => isWritten(column) && isRequired(table, column))
    .filter(({ name: own, identity }) => !identity && !inKey(table, own))
    .map((column) => ({
      sql: `${alter(table)} alter column ${quoteName(column.name)} drop not null`,
      rows: [subjects.notNull(table, column)],
      catalog: [name('column', column.name)],
    })),
);
const nullsRefused = each((table, name) =>
  table.columns
    .filter((column) => isWritten(column) && !isRequired(table, column))
    .map((column) => ({
      sql: `${alter(table)} alter column ${quoteName(column.name)} set not null`,
      rows: [subjects.nullable(table, column)],
      catalog: [name('column', column.name)],
    })),
);
const inKey = ({ primaryKey }: Table, column: string): boolean =>
  primaryKey?.columns.includes(column) ?? false;

/** Drops a unique constraint or index. */
const uniquesLost = each((table, name) => [
  ...table.uniques.map((unique) => ({
    sql: drop(table, unique.name, ' cascade'),
    rows: [subjects.key(table, unique)],
    catalog: [name('unique', unique.name)],
  })),
  ...table.indexes
    .filter(({ unique }) => unique)
    .map((index) => ({
      sql: `drop index ${quoteName(schemaOf(table), index.name)}`,
      rows: [subjects.key(table, index)],
      catalog: [name('index', index.name)],
    })),
]);

/** Drops the condition of a unique index, so it forbids more. */
const conditionsLost = each((table, name) =>
  table.indexes
    .filter(({ unique, where }) => unique && where !== undefined)
    .map((index) => {
      const columns = index.columns.map((one) =>
        'column' in one ? quoteName(one.column) : `(${one.expression})`,
      );
      return {
        sql: `drop index ${quoteName(schemaOf(table), index.name)};
          create unique index ${quoteName(index.name)} on ${quoteName(schemaOf(table), table.name)} (${columns.join(', ')})`,
        rows: [subjects.key(table, index)],
        catalog: [name('index', index.name)],
      };
    }),
);

/** Drops an index that is not unique: only the catalog comparison detects it. */
const indexesLost = each((table, name) =>
  table.indexes
    .filter(({ unique }) => !unique)
    .map((index) => ({
      sql: `drop index ${quoteName(schemaOf(table), index.name)}`,
      rows: [],
      catalog: [name('index', index.name)],
    })),
);

const all = (table: Table, key: ForeignKey): readonly string[] => [
  subjects.foreignKey(table, key),
  subjects.onDelete(table, key),
  subjects.onUpdate(table, key),
];

/** Drops a foreign key. */
const foreignKeysLost = each((table, name) =>
  table.foreignKeys.map((key) => ({
    sql: drop(table, key.name),
    rows: all(table, key),
    catalog: [name('foreign key', key.name)],
  })),
);

/** Changes the ON DELETE and ON UPDATE actions of a foreign key. */
const actionsChanged = each((table, name, tables) =>
  table.foreignKeys.map((key) => {
    const { onDelete, onUpdate } = key;
    const changed = { onDelete: otherAction(onDelete), onUpdate: otherAction(onUpdate) };
    return {
      sql: again(table, { ...key, ...changed }, tables),
      rows: [subjects.onDelete(table, key), subjects.onUpdate(table, key)],
      catalog: [name('foreign key', key.name)],
    };
  }),
);

const otherAction = (action: ForeignKey['onDelete']): ForeignKey['onDelete'] =>
  action === 'cascade' ? 'restrict' : 'cascade';

function again(table: Table, key: ForeignKey, tables: readonly Table[]): string {
  const { name, columns, references, onDelete, onUpdate } = key;
  const target = tables.find(({ id }) => id === references.table);
  if (!target) throw new Error(`${references.table} is not in the schema.`);
  const list = (names: readonly string[]): string => names.map((one) => quoteName(one)).join(', ');
  return `${drop(table, name)}, add constraint ${quoteName(name)} foreign key (${list(columns)})
    references ${quoteName(schemaOf(target), target.name)} (${list(references.columns)})
    on delete ${onDelete} on update ${onUpdate}`;
}

/** Drops a primary key, and the foreign keys that reference it. */
const primaryKeysLost = each((table, name, tables) => {
  const { primaryKey } = table;
  if (!primaryKey) return [];
  const pointing = tables.flatMap((from) =>
    from.foreignKeys
      .filter(
        ({ references }) =>
          references.table === table.id &&
          references.columns.toSorted().join() === primaryKey.columns.toSorted().join(),
      )
      .map((key) => ({ from, key })),
  );
  return [
    {
      sql: drop(table, primaryKey.name, ' cascade'),
      rows: [
        subjects.key(table, primaryKey),
        ...pointing.flatMap(({ from, key }) => all(from, key)),
      ],
      catalog: [
        name('primary key', primaryKey.name),
        ...pointing.map(({ from, key }) => `catalog foreign key ${qualifiedName(from, key.name)}`),
      ],
    },
  ];
});

/** Drops a trigger that sets the time of the last change. */
const touchesLost = each((table) =>
  table.columns
    .filter(({ touched }) => touched)
    .map((column) => ({
      sql: `${alter(table)} disable trigger user`,
      rows: [subjects.touch(table, column)],
      catalog: [`catalog trigger ${table.name}.touch_${column.name}`],
    })),
);

type Batch = (schema: Schema) => readonly Mutant[];
const together =
  (...batches: readonly Batch[]): Batch =>
  (schema) =>
    batches.flatMap((batch) => batch(schema));

/** Mutants that can be applied together, because none hides another. */
export const BATCHES: Readonly<Record<string, Batch>> = {
  'objects are dropped': together(
    checksLost,
    nullsAllowed,
    uniquesLost,
    indexesLost,
    foreignKeysLost,
    touchesLost,
  ),
  'something says less, or something else': together(
    checksWeakened,
    conditionsLost,
    actionsChanged,
  ),
};

/** Mutants that affect other subjects too. */
export const BROAD_BATCHES: Readonly<Record<string, Batch>> = {
  'NULL is refused': nullsRefused,
  'a primary key is dropped': primaryKeysLost,
};
