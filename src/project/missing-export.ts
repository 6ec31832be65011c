import { readFileSync } from 'node:fs';
import type { Place } from '../report/place.ts';

/**
 * The files that import a package's file, each with its specifier, by the URL of the
 * imported file.
 */
export type Importers = ReadonlyMap<string, ReadonlyMap<string, string>>;

interface MissingExport {
  readonly name: string;
  readonly specifier: string;
  /** The places of the import. */
  readonly places: readonly Place[];
}

const SAYINGS = [
  /The requested module '(?<module>[^']+)' does not provide an export named '(?<name>[^']+)'/,
  /Named export '(?<name>[^']+)' not found\. The requested module '(?<module>[^']+)'/,
];

/**
 * The problem of importing a name that a package does not export. Node's error only has a
 * line of the bundle, or of Node's own code.
 */
export function missingExport(error: Error, importers: Importers): MissingExport | undefined {
  const groups = SAYINGS.map((saying) => saying.exec(error.message)?.groups).find(Boolean);
  const { name, module } = groups ?? {};
  if (name === undefined || module === undefined) return undefined;
  const found = [...(importers.get(module) ?? [])].flatMap(([file, specifier]) => {
    const line = lineOfImport(readFileSync(file, 'utf8'), name, specifier);
    return line === undefined ? [] : [{ specifier, place: { file, line } }];
  });
  const [first] = found;
  if (first === undefined) return undefined;
  return { name, specifier: first.specifier, places: found.map(({ place }) => place) };
}

function lineOfImport(text: string, name: string, specifier: string): number | undefined {
  const word = new RegExp(String.raw`(?<![\w$])${name.replaceAll('$', '\\$')}(?![\w$])`);
  for (const statement of text.matchAll(
    /^[ \t]*(?:import|export)\b[^'";]*\bfrom\s*['"](?<from>[^'"]+)['"]/gm,
  )) {
    const at =
      statement.groups?.['from'] === specifier ? word.exec(statement[0])?.index : undefined;
    if (at !== undefined) return text.slice(0, statement.index + at).split('\n').length;
  }
  return undefined;
}
