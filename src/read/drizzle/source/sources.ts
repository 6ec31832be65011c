// Some information exists only in the source text: comments, the places of tables and
// columns, and the types of `$type<T>()`. This folder extracts it. It parses the schema
// files with oxc, without a type checker, and follows a name from its use through imports,
// re-exports, spreads and functions to its definition: sources.ts opens files,
// source-file.ts parses one, follow.ts follows a value, read-export.ts finds the table
// behind an export, and the *-type files print a type.

import { readFileSync } from 'node:fs';
import { packageOfKit } from './plain-packages.ts';
import { moduleResolver, type ModuleResolver } from './resolve-module.ts';
import { parseSource, type Imported, type SourceFile, type Value } from './source-file.ts';

/** The source files of a schema. Each is parsed once, on first use. */
export interface Sources extends ModuleResolver {
  load(path: string): SourceFile | undefined;
  /** Resolves an import to its export. */
  imported(importer: string, imported: Imported): Exported | undefined;
  /** Finds an export of a file by name, including re-exports. */
  exported(path: string, name: string): Exported | undefined;
  /** Existing files with syntax errors. */
  readonly unreadable: readonly string[];
}

export type Exported =
  | { readonly kind: 'value'; readonly file: SourceFile; readonly value: Value }
  /** The namespace of a file. */
  | { readonly kind: 'namespace'; readonly path: string }
  | { readonly kind: 'package'; readonly specifier: string; readonly name: string };

export function openSources(): Sources {
  const files = new Map<string, SourceFile | undefined>();
  const unreadable: string[] = [];
  const load = (path: string): SourceFile | undefined => {
    if (!files.has(path)) {
      const text = readText(path);
      const file = text === undefined ? undefined : parseSource(path, text);
      if (text !== undefined && file === undefined) unreadable.push(path);
      files.set(path, file);
    }
    return files.get(path);
  };
  const resolver = moduleResolver();
  const exported = (path: string, name: string, seen = new Set<string>()): Exported | undefined => {
    const key = `${path} ${name}`;
    const file = load(path);
    if (file === undefined || seen.has(key)) return undefined;
    seen.add(key);
    const target = file.exports.get(name);
    if (target !== undefined) {
      const imported = typeof target === 'string' ? file.imports.get(target) : target;
      if (imported) return fromModule(path, imported.specifier, imported.name, seen);
      const value = typeof target === 'string' ? file.values.get(target) : undefined;
      return value && { kind: 'value', file, value };
    }
    if (name === 'default') return undefined;
    for (const specifier of file.stars) {
      const found = fromModule(path, specifier, name, seen);
      if (found !== undefined && found.kind !== 'package') return found;
    }
    return undefined;
  };
  const fromModule = (
    importer: string,
    specifier: string,
    name: string,
    seen: Set<string>,
  ): Exported | undefined => {
    const path = resolver.fileOf(specifier, importer) ?? resolver.linkedFileOf(specifier, importer);
    if (path === undefined) {
      return specifier.startsWith('.') ? undefined : { kind: 'package', specifier, name };
    }
    const kit = packageOfKit(path);
    if (kit !== undefined) return { kind: 'package', specifier: kit, name };
    return name === '*' ? { kind: 'namespace', path } : exported(path, name, seen);
  };
  return {
    ...resolver,
    load,
    imported: (importer, { specifier, name }) => fromModule(importer, specifier, name, new Set()),
    exported: (path, name) => exported(path, name),
    unreadable,
  };
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // The import of the schema reports a missing file.
    return undefined;
  }
}
