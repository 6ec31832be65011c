import { is } from 'drizzle-orm';
import { PgMaterializedView, PgPolicy, PgTable, PgView } from 'drizzle-orm/pg-core';
// A namespace import, so that a Drizzle without Relations loads and can be refused with a
// reason.
import * as relational from 'drizzle-orm/relations';
import { compareText } from '../../model/compare-text.ts';
import { readExport, type ExportSource } from './source/read-export.ts';
import type { Sources } from './source/sources.ts';

/** An imported file of a schema. */
export interface SchemaFile {
  /** Absolute. */
  readonly file: string;
  readonly exports: Record<string, unknown>;
}

/** A value that a schema exports, under one or more names. */
export interface ExportedValue<Value = unknown> {
  readonly value: Value;
  readonly exportName: string;
  /** The other names that it is exported by, except `default`. */
  readonly aliases: readonly string[];
  /**
   * The file that exports it under that name: the file that declares it, or a file of the
   * schema.
   */
  readonly file: string;
  readonly source: ExportSource;
}

const KINDS = [PgTable, relational.Relations, PgView, PgMaterializedView, PgPolicy];

/**
 * The exports of the files that drizzle-kit recognises, each once: under its declared name,
 * not an alias. `aliases` are the names that the config lists as aliases. Like drizzle-kit,
 * this does not find values nested in an exported object.
 */
export function exportedValues(
  files: readonly SchemaFile[],
  sources: Sources,
  aliases: readonly string[] = [],
): readonly ExportedValue[] {
  const origins = new Map<unknown, { readonly name: string; readonly file: string }[]>();
  for (const { file, exports } of files) {
    for (const [name, value] of Object.entries(exports)) {
      if (!KINDS.some((kind) => is(value, kind))) continue;
      const known = origins.get(value);
      if (known) known.push({ name, file });
      else origins.set(value, [{ name, file }]);
    }
  }
  return [...origins]
    .map(([value, found]) => {
      const rank = (name: string): number =>
        name === 'default' ? 2 : Number(aliases.includes(name));
      // The same name is chosen whatever the order of the files.
      const named = found
        .map(({ file, name }) => ({ file, name, read: readExport(sources, file, name) }))
        .sort(
          (a, b) =>
            rank(a.name) - rank(b.name) ||
            Number(b.read.declared ?? false) - Number(a.read.declared ?? false) ||
            compareText(a.name, b.name) ||
            compareText(a.file, b.file),
        );
      const [first] = named;
      const exportName = first?.name ?? '';
      const names = new Set(named.map(({ name }) => name));
      return {
        value,
        exportName,
        aliases: [...names].filter((name) => name !== exportName && name !== 'default'),
        file: first?.read.origin ?? first?.file ?? '',
        source: named.find(({ read }) => read.at)?.read ?? first?.read ?? { args: [] },
      };
    })
    .sort((a, b) => compareText(a.exportName, b.exportName) || compareText(a.file, b.file));
}
