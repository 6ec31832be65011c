import { is } from 'drizzle-orm';
import { PgMaterializedView, PgTable, PgView } from 'drizzle-orm/pg-core';
import { Relations } from 'drizzle-orm/relations';
import { readExport, type ExportSource } from './source/read-export.ts';
import type { Sources } from './source/sources.ts';

/** A file of a schema, imported. */
export interface SchemaFile {
  /** Absolute. */
  readonly file: string;
  readonly exports: Record<string, unknown>;
}

/** Something that a schema exports, once or several times. */
export interface ExportedValue<Value = unknown> {
  readonly value: Value;
  readonly exportName: string;
  /** The file that exports it by that name: that where it is written, or one of the schema's. */
  readonly file: string;
  readonly source: ExportSource;
}

/**
 * What the files export of what drizzle-kit looks at, each once, by its name. What
 * is nested in an exported object is not found by drizzle-kit either.
 */
export function exportedValues(
  files: readonly SchemaFile[],
  sources: Sources,
): readonly ExportedValue[] {
  const origins = new Map<unknown, { readonly name: string; readonly file: string }[]>();
  for (const { file, exports } of files) {
    for (const [name, value] of Object.entries(exports)) {
      if (![PgTable, Relations, PgView, PgMaterializedView].some((kind) => is(value, kind)))
        continue;
      const known = origins.get(value);
      if (known) known.push({ name, file });
      else origins.set(value, [{ name, file }]);
    }
  }
  return [...origins]
    .map(([value, found]) => {
      // Of several names it is the same one in whatever order the files come.
      found.sort(
        (a, b) =>
          Number(a.name === 'default') - Number(b.name === 'default') ||
          compare(a.name, b.name) ||
          compare(a.file, b.file),
      );
      const read = found.map(({ file, name }) => readExport(sources, file, name));
      return {
        value,
        exportName: found[0]?.name ?? '',
        file: read[0]?.origin ?? found[0]?.file ?? '',
        source: read.find(({ at }) => at) ?? read[0] ?? { args: [] },
      };
    })
    .sort((a, b) => compare(a.exportName, b.exportName) || compare(a.file, b.file));
}

/** Order by code units, the same on every machine. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
