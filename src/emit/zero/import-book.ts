import { basename, dirname, relative } from 'node:path/posix';
import type { TsImport } from '../../model/ts-type.ts';
import { quote } from './quote.ts';

/** The file extension in imports of the user's modules. */
export type ImportEnding = '.ts' | '.js' | 'none';

interface Entry {
  readonly specifier: string;
  /** `default` and `*` as in {@link TsImport}. */
  readonly name: string;
}

/** The imports of a generated file. The same name from two modules gets two local names. */
export interface ImportBook {
  /** The local name of an import in this file. */
  local(wanted: TsImport): string;
  /** The import statements, by module and name. */
  print(): string;
}

/** Names all imports of a file at once, so that the names do not depend on their order. */
export function importBook(
  wanted: readonly TsImport[],
  taken: ReadonlySet<string>,
  outFile: string,
  ending: ImportEnding,
): ImportBook {
  const names = new Map<string, { readonly entry: Entry; readonly local: string }>();
  const used = new Set(taken);
  const entryOf = ({ name, from }: TsImport): Entry => ({
    name,
    specifier: 'package' in from ? from.package : relativeSpecifier(outFile, from.file, ending),
  });
  const id = ({ specifier, name }: Entry): string => `${specifier} ${name}`;
  const sorted = [...new Map(wanted.map((one) => [id(entryOf(one)), entryOf(one)])).entries()];
  for (const [key, entry] of sorted.toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const own = ownName(entry);
    let local = own;
    for (let count = 2; used.has(local); count += 1) local = `${own}${count}`;
    used.add(local);
    names.set(key, { entry, local });
  }
  return {
    local: (one) => names.get(id(entryOf(one)))?.local ?? one.name,
    print: () => printImports([...names.values()]),
  };
}

/** A local name for a default or namespace import, derived from the module's name. */
function ownName({ name, specifier }: Entry): string {
  if (name !== 'default' && name !== '*') return name;
  const words = basename(specifier)
    .replace(/\.\w+$/, '')
    .split(/[^A-Za-z0-9]+/)
    .filter(Boolean);
  const joined = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  return /^[A-Za-z]/.test(joined) ? joined : `Module${joined}`;
}

function printImports(names: readonly { readonly entry: Entry; readonly local: string }[]): string {
  const modules = Map.groupBy(names, ({ entry }) => entry.specifier);
  return [...modules]
    .flatMap(([specifier, imports]) => {
      const named = imports.filter(({ entry }) => !['default', '*'].includes(entry.name));
      const from = `from ${quote(specifier)};\n`;
      return [
        ...imports
          .filter((one) => !named.includes(one))
          .map(({ entry, local }) =>
            entry.name === '*'
              ? `import type * as ${local} ${from}`
              : `import type ${local} ${from}`,
          ),
        ...(named.length === 0 ? [] : [`import type ${braces(named.map(specify), from)}`]),
      ];
    })
    .join('');
}

const specify = ({ entry, local }: { readonly entry: Entry; readonly local: string }): string =>
  entry.name === local ? local : `${entry.name} as ${local}`;

function braces(names: readonly string[], from: string): string {
  const line = `{ ${names.join(', ')} } ${from}`;
  return line.length <= 88 ? line : `{\n${names.map((name) => `  ${name},\n`).join('')}} ${from}`;
}

function relativeSpecifier(outFile: string, file: string, ending: ImportEnding): string {
  const path = relative(dirname(posix(outFile)), posix(file));
  const specifier = path.startsWith('.') ? path : `./${path}`;
  return withEnding(specifier, ending);
}

const posix = (path: string): string => path.replaceAll('\\', '/');

/** `.mts` compiles to `.mjs`, and does not resolve without an extension. */
function withEnding(specifier: string, ending: ImportEnding): string {
  const declared = specifier.replace(/\.d\.([mc]?ts)$/, '.$1');
  switch (ending) {
    case '.ts':
      return specifier;
    case '.js':
      return declared.replace(/\.([mc]?)tsx?$/, '.$1js');
    case 'none':
      return declared.replace(/\.[jt]sx?$/, '').replace(/\.([mc])ts$/, '.$1js');
  }
}
