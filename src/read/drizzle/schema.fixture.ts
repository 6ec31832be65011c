import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Column } from '../../model/column.ts';
import type { Table } from '../../model/table.ts';
import type { TsType } from '../../model/ts-type.ts';
import type { SchemaFile } from './exported-values.ts';
import { showSetting } from '../../report/show-setting.ts';
import { readSchema, type SchemaInput } from './read-schema.ts';

const root = join(import.meta.dirname, '../../..');

/** Prepended to the first line of every file of a test schema. */
const PRELUDE =
  "import * as pg from 'drizzle-orm/pg-core'; import { pgTable, text, uuid, integer, jsonb } from 'drizzle-orm/pg-core'; import { relations, sql } from 'drizzle-orm';";

export interface ReadSource extends ReturnType<typeof readSchema> {
  readonly folder: string;
  table(exportName: string): Table;
  column(name: `${string}.${string}`): Column;
  /** A column's type as text; its imports are shown as `<name of module>`. */
  type(name: `${string}.${string}`): string | undefined;
  /** Findings as printed, without the folder. */
  readonly told: readonly string[];
}

/** Reads a schema from text; imports the files listed in `schema`. */
export async function readSource(
  files: Readonly<Record<string, string>>,
  {
    schema = ['schema.ts'],
    ...input
  }: Omit<SchemaInput, 'files'> & { schema?: readonly string[] } = {},
): Promise<ReadSource> {
  const folder = mkdtempSync(join(tmpdir(), 'read-schema-'));
  try {
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    for (const [name, source] of Object.entries({
      'package.json': '{ "type": "module" }',
      ...files,
    })) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      const prelude = /\.[mc]?[jt]s$/.test(name) && !name.endsWith('.d.ts') ? PRELUDE : '';
      writeFileSync(join(folder, name), prelude + source);
    }
    const imported: SchemaFile[] = [];
    // Sequentially, so that a file that others import runs only once.
    for (const name of schema) {
      const file = join(folder, name);
      const exports = (await import(pathToFileURL(file).href)) as Record<string, unknown>;
      imported.push({ file, exports });
    }
    return show(readSchema({ files: imported, ...input }), folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function show(read: ReturnType<typeof readSchema>, folder: string): ReadSource {
  const table = (exportName: string): Table => {
    const found = read.schema.tables.find((one) => one.exportName === exportName);
    if (!found) throw new Error(`no table ${exportName}`);
    return found;
  };
  const column = (name: `${string}.${string}`): Column => {
    const [exportName = '', key] = name.split('.');
    const found = table(exportName).columns.find((one) => one.key === key);
    if (!found) throw new Error(`no column ${name}`);
    return found;
  };
  return {
    ...read,
    folder,
    table,
    column,
    type(name) {
      const { ts } = column(name);
      return ts && showType(ts, folder);
    },
    told: read.findings.map(({ code, settings = [], places = [] }) =>
      [
        code,
        ...settings.map(showSetting),
        ...places.map(({ file, line, name }) => {
          const where = file.replace(`${folder}/`, '');
          return `${where}${line === undefined ? '' : `:${line}`}${name === undefined ? '' : `  ${name}`}`;
        }),
      ].join(' | '),
    ),
  };
}

function showType(ts: TsType, folder: string): string {
  if (ts.kind === 'inferred') return 'inferred';
  return ts.parts
    .map((part) => {
      if (typeof part === 'string') return part;
      const module =
        'file' in part.from ? part.from.file.replace(`${folder}/`, './') : part.from.package;
      return `<${part.name} of ${module}>`;
    })
    .join('');
}
