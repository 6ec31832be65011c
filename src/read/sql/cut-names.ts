import type { Schema } from '../../model/schema.ts';
import { countLineBreaks } from './object-places.ts';
import type { SqlStatement } from './split-sql.ts';
import type { Place } from '../../report/place.ts';

/** A name in SQL that Postgres has cut. */
export interface CutName {
  readonly written: string;
  readonly at?: Place;
}

/** By the truncated name. */
export type CutNames = ReadonlyMap<string, CutName>;

const NOTICE = /identifier "(?<written>.*)" will be truncated to "(?<name>.*)"$/s;

/** Reads the notices of statements about names that are longer than 63 bytes. */
export function readCutNames(notices: readonly string[]): CutNames {
  return new Map(
    notices.flatMap((notice) => {
      const { written, name } = NOTICE.exec(notice)?.groups ?? {};
      return written === undefined || name === undefined ? [] : [[name, { written }] as const];
    }),
  );
}

/** Adds to the objects of a schema how the SQL names them, if that is too long. */
export function withCutNames(schema: Schema, names: CutNames): Schema {
  if (names.size === 0) return schema;
  const found = new Set<string>();
  const mark = <Named extends { readonly name: string }>(part: Named): Named => {
    const cut = names.get(part.name);
    if (cut === undefined) return part;
    found.add(part.name);
    return { ...part, cutFrom: cut.written };
  };
  const marked: Schema = {
    ...schema,
    tables: schema.tables.map((table) => ({
      ...mark(table),
      columns: table.columns.map(mark),
      ...(table.primaryKey && { primaryKey: mark(table.primaryKey) }),
      uniques: table.uniques.map(mark),
      foreignKeys: table.foreignKeys.map(mark),
      checks: table.checks.map(mark),
      indexes: table.indexes.map(mark),
    })),
    policies: schema.policies.map(mark),
  };
  const others = [...names].filter(([name]) => !found.has(name));
  return {
    ...marked,
    cutNames: others.map(([name, { written, at }]) => ({
      name,
      cutFrom: written,
      ...(at && { at }),
    })),
  };
}

/** The line of a statement with a name. Unquoted names are in lower case in notices. */
export function lineNaming(written: string, { text, line }: SqlStatement): number | undefined {
  const at = text.toLowerCase().indexOf(written.replaceAll('"', '""').toLowerCase());
  return at === -1 ? undefined : line + countLineBreaks(text, at);
}
