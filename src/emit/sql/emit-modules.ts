import { quoteName } from '../../model/quote-sql.ts';
import type { Schema } from '../../model/schema.ts';
import { schemaOf } from '../../model/table-id.ts';
import type { Table } from '../../model/table.ts';
import {
  emitSql,
  printLateKey,
  statementsOf,
  type CompanionSql,
  type SqlInput,
} from './emit-sql.ts';
import { orderTables, type LateKey } from './order-tables.ts';
import { printTable } from './print-table.ts';

/** What a file of a schema's own layout has. Tables bring their triggers and comments along. */
export interface SqlModule {
  readonly file: string;
  readonly title: string;
  /** Names of tables. */
  readonly tables?: readonly string[];
  /** `core`: extensions, types and functions; `performance`: indexes and views; `security`. */
  readonly part?: 'core' | 'performance' | 'security';
}

/** A file with its statements. */
export interface EmittedModule extends SqlModule {
  readonly statements: readonly string[];
}

/**
 * A schema as files by subject, in the given order: functions first, tables by group, then
 * indexes, then policies. A foreign key to a table of a later file waits for that file.
 */
export function emitModules(
  input: SqlInput,
  modules: readonly SqlModule[],
): readonly EmittedModule[] {
  const { schema, after } = input;
  const grouped = groupTables(schema, modules);
  const created = new Set<string>();
  let waiting: readonly LateKey[] = [];
  return modules.map((module) => {
    if (module.part !== undefined) {
      return { ...module, statements: partOf(module.part, input) };
    }
    const tables = grouped.get(module.file) ?? [];
    for (const { id } of tables) created.add(id);
    const exists = ({ key }: LateKey): boolean =>
      created.has(key.references.table) ||
      !schema.tables.some(({ id }) => id === key.references.table);
    const { tables: ordered, late } = orderTables(tables);
    const keys = ordered.flatMap(({ table, foreignKeys }) =>
      foreignKeys.map((key) => ({ table, key })),
    );
    const all = [...waiting, ...late, ...keys.filter((key) => !exists(key))];
    waiting = all.filter((key) => !exists(key));
    return {
      ...module,
      statements: [
        ...ordered.map(({ table, foreignKeys }) =>
          printTable(
            table,
            foreignKeys.filter((key) => exists({ table, key })),
          ),
        ),
        ...all.filter(exists).map(printLateKey),
        ...after.filter((one) => belongsTo(one, tables)).flatMap(statementsOf),
      ],
    };
  });
}

/** The tables of each file. Tables that no file names are in the last one with tables. */
function groupTables(
  { tables }: Schema,
  modules: readonly SqlModule[],
): ReadonlyMap<string, readonly Table[]> {
  const last = modules.findLast((module) => module.tables !== undefined)?.file ?? '';
  const fileOf = ({ name }: Table): string =>
    modules.find((module) => module.tables?.includes(name))?.file ?? last;
  return Map.groupBy(tables, fileOf);
}

const KINDS = {
  core: ['schema', 'role', 'extension', 'function', 'execute', 'no'],
  security: ['grants', 'usage', 'force', 'closed', 'policy'],
  tables: ['trigger', 'append', 'comment', 'partitions'],
} as const;

const isOf = (part: keyof typeof KINDS, { key }: CompanionSql): boolean =>
  (KINDS[part] as readonly string[]).includes(key.split(' ', 1)[0] ?? '');

/** Whether it belongs to one of the tables, or to a column of one. */
const belongsTo = (one: CompanionSql, tables: readonly Table[]): boolean =>
  isOf('tables', one) &&
  tables.some((table) => {
    const name = quoteName(schemaOf(table), table.name);
    return one.on === name || one.on?.startsWith(`${name}.`);
  });

/** The sections of the whole schema that belong to a part, with the companion SQL of its kinds. */
function partOf(part: NonNullable<SqlModule['part']>, input: SqlInput): readonly string[] {
  const { after, schema } = input;
  const own = (names: readonly string[], companion: readonly CompanionSql[]): readonly string[] => {
    const sections = emitSql({ ...input, after: companion });
    return sections.filter(({ name }) => names.includes(name)).flatMap((one) => one.statements);
  };
  switch (part) {
    case 'core':
      return [
        ...own(['extensions', 'types'], []),
        ...after.filter((one) => isOf('core', one)).flatMap(statementsOf),
      ];
    case 'performance': {
      const others = after.filter(
        (one) => !isOf('core', one) && !isOf('security', one) && !belongsTo(one, schema.tables),
      );
      return own(['indexes', 'views', 'functions'], others);
    }
    default:
      return own(
        ['security'],
        after.filter((one) => isOf('security', one)),
      );
  }
}
