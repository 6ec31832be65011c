import { readFileSync } from 'node:fs';

/** The files that import a package's file, by its URL. */
export type Importers = ReadonlyMap<string, ReadonlySet<string>>;

interface MissingExport {
  readonly name: string;
  /** Where it is imported: `file:12`. */
  readonly places: readonly string[];
}

const SAYINGS = [
  /The requested module '(?<module>[^']+)' does not provide an export named '(?<name>[^']+)'/,
  /Named export '(?<name>[^']+)' not found\. The requested module '(?<module>[^']+)'/,
];

/** An import of a name that a package does not have. Node tells a line of the bundle, or one of its own. */
export function missingExport(error: Error, importers: Importers): MissingExport | undefined {
  const groups = SAYINGS.map((saying) => saying.exec(error.message)?.groups).find(Boolean);
  const { name, module } = groups ?? {};
  if (name === undefined || module === undefined) return undefined;
  const places = [...(importers.get(module) ?? [])].flatMap((file) => {
    const line = lineOfImport(readFileSync(file, 'utf8'), name);
    return line === undefined ? [] : [`${file}:${line}`];
  });
  return { name, places };
}

function lineOfImport(text: string, name: string): number | undefined {
  const word = new RegExp(String.raw`(?<![\w$])${name.replaceAll('$', '\\$')}(?![\w$])`);
  for (const statement of text.matchAll(/^[ \t]*(?:import|export)\b[^'";]*\bfrom\b/gm)) {
    const at = word.exec(statement[0])?.index;
    if (at !== undefined) return text.slice(0, statement.index + at).split('\n').length;
  }
  return undefined;
}
