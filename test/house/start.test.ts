import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseSync } from 'oxc-parser';
import { expect, test } from 'vitest';
import { packageOf } from './read-imports.ts';

const root = join(import.meta.dirname, '../..');

/** The packages that a file loads before its first statement runs, each with the path to it. */
function loadedAtStart(entry: string): ReadonlyMap<string, string> {
  const packages = new Map<string, string>();
  const paths = new Map([[entry, entry]]);
  for (const [file, path] of paths) {
    for (const specifier of runtimeImports(join(root, file))) {
      if (specifier.startsWith('.')) {
        const target = join(dirname(file), specifier);
        if (!paths.has(target)) paths.set(target, `${path} > ${target}`);
      } else if (!packages.has(packageOf(specifier))) {
        packages.set(packageOf(specifier), path);
      }
    }
  }
  return packages;
}

/** Static imports and re-exports, without types: those are not in the built file. */
function runtimeImports(file: string): readonly string[] {
  const { module } = parseSync(file, readFileSync(file, 'utf8'));
  return [
    ...module.staticImports
      .filter(({ entries }) => entries.length === 0 || entries.some(({ isType }) => !isType))
      .map(({ moduleRequest }) => moduleRequest.value),
    ...module.staticExports.flatMap(({ entries }) =>
      entries
        .filter(({ isType }) => !isType)
        .flatMap(({ moduleRequest }) => moduleRequest?.value ?? []),
    ),
  ];
}

// Drizzle's modules are loaded quickly only after main.ts has set that up, and each command
// loads only what it needs.
test('the bin starts with Node and Zod alone', () => {
  const loaded = loadedAtStart('src/main.ts');
  expect(loaded.size).toBeGreaterThan(5);
  expect([...loaded].filter(([name]) => !name.startsWith('node:') && name !== 'zod')).toEqual([]);
});
