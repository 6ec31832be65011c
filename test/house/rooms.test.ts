import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import process from 'node:process';
import { describe, expect, test } from 'vitest';
import { findCycle, judgeImport } from './judge-imports.ts';
import { readImports, roomOf, type Import } from './read-imports.ts';
import { ROOMS } from './rooms.ts';

const root = join(import.meta.dirname, '../..');
const cwd = process.cwd();
process.chdir(root);
const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .map((name) => `src/${name.replaceAll('\\', '/')}`)
  .filter((file) => file.endsWith('.ts') && !file.includes('/page/'))
  // An app's configs are for `garden generate`, and are not in the package.
  .filter((file) => !/\.(?:test|test-d|fixture|config)\.ts$/.test(file));
const imports = files.flatMap((file) => readImports(file));
process.chdir(cwd);

test('rooms only import rooms that their line lists', () => {
  expect(imports.flatMap((one) => judgeImport(one) ?? [])).toEqual([]);
});

test('there are no import cycles, including type imports', () => {
  expect(findCycle(imports)).toBeUndefined();
});

test('each room lists only rooms above it, and only those that it imports', () => {
  const names = Object.keys(ROOMS);
  const real = new Set(imports.map(({ from, to }) => `${roomOf(from)} ${roomOf(to)}`));
  for (const [room, allowed] of Object.entries(ROOMS)) {
    const above = new Set(names.slice(0, names.indexOf(room)));
    expect(allowed.filter((other) => !above.has(other))).toEqual([]);
    expect(
      allowed.filter((other) => !real.has(`${room} ${other}`)),
      room,
    ).toEqual([]);
  }
});

test('there are at most 25 rooms and 89 dependencies between them', () => {
  // Entry files are not rooms, and the apps count as one.
  const named = Object.entries(ROOMS).filter(([name]) => !name.endsWith('.ts'));
  const rooms = Map.groupBy(named, ([name]) => name.split('/')[0]);
  expect(rooms.size).toBeLessThanOrEqual(25);
  const dependencies = [...rooms.values()].flatMap((parts) => [
    ...new Set(parts.flatMap(([, allowed]) => allowed as readonly string[])),
  ]);
  expect(dependencies.length).toBeLessThanOrEqual(89);
});

test('ARCHITECTURE.md shows the allowed imports', () => {
  const lines = Object.entries(ROOMS).map(([room, allowed]) =>
    `${room.padEnd(12)} ${allowed.join(' ')}`.trim(),
  );
  const text = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8');
  expect(/```text\n(.*?)```/s.exec(text)?.[1]).toBe(`${lines.join('\n')}\n`);
});

test('no room imports an entry file', () => {
  expect(imports.filter(({ to }) => /^src\/[^/]+$/.test(to))).toEqual([]);
});

const FRONTEND = [
  ...readdirSync(join(root, 'src/apps')).flatMap((app) =>
    ['', 'zod/', 'zero/'].map((part) => `src/apps/${app}/${part}index.ts`),
  ),
  'src/kit/index.ts',
  'src/zod/index.ts',
  'src/guard/index.ts',
];

/** The files that a client entry point imports, directly or indirectly. */
const reachable = (entry: string): readonly string[] => {
  const seen = new Set<string>();
  const visit = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const { from, to } of imports) {
      if (from === file && (to.startsWith('src/') || !to.startsWith('.'))) visit(to);
    }
  };
  visit(entry);
  return [...seen];
};

test.each(FRONTEND)('%s imports no Node module, no driver and no drizzle-kit', (entry) => {
  const found = reachable(entry);
  expect(found.length).toBeGreaterThan(3);
  const heavy = /^(?:node:|postgres$|pg$|drizzle-kit|esbuild|oxc-|@electric-sql|jose$|libpg-query)/;
  expect(found.filter((one) => heavy.test(one) || builtinModules.includes(one))).toEqual([]);
});

describe('forbidden imports are detected', () => {
  const said = (file: string, text: string): readonly string[] =>
    readImports(file, text).flatMap((one) => judgeImport(one) ?? []);

  test.each([
    ['an app from the engine', 'src/kit/x.ts', "import { a } from '../apps/garden/index.ts';"],
    ['a type of an app', 'src/cli/x.ts', "import type { A } from '../apps/garden/index.ts';"],
    ['a type by import()', 'src/cli/x.ts', "type A = import('../apps/garden/index.ts').A;"],
    ['an app loaded late', 'src/cli/x.ts', "await import('../apps/garden/index.ts');"],
    ['a re-export', 'src/kit/x.ts', "export { a } from '../apps/garden/index.ts';"],
    ['a re-export of all', 'src/kit/x.ts', "export * from '../apps/garden/index.ts';"],
    ['a side effect', 'src/kit/x.ts', "import '../apps/garden/index.ts';"],
    ['another app', 'src/apps/garden/x.ts', "import { a } from '../mcp/index.ts';"],
    ['cli from an app', 'src/apps/garden/x.ts', "import { run } from '../../cli/run.ts';"],
    ['a lower room', 'src/model/x.ts', "import { id } from '../kit/id.ts';"],
    ['emit from guard', 'src/guard/x.ts', "import { a } from '../emit/zero/quote.ts';"],
    [
      'another target of emit',
      'src/emit/zero/x.ts',
      "import { a } from '../companion/do-block.ts';",
    ],
    ['Drizzle in the model', 'src/model/x.ts', "import { sql } from 'drizzle-orm';"],
    [
      'Drizzle in emit',
      'src/emit/zero/x.ts',
      "import type { PgTable } from 'drizzle-orm/pg-core';",
    ],
    ['a driver in the kit', 'src/kit/x.ts', "import postgres from 'postgres';"],
    ['drizzle-kit in cli', 'src/cli/x.ts', "await import('drizzle-kit/api');"],
    ['a test from the source', 'src/kit/x.ts', "import { a } from '../../test/garden/rows.ts';"],
    ['a room that is not there', 'src/utils/x.ts', "import { a } from '../kit/id.ts';"],
  ])('%s', (_, file, text) => {
    expect(said(file, text)).toHaveLength(1);
  });

  test('a cycle of types', () => {
    const both: Import[] = [
      ...readImports('src/kit/a.ts', "import type { B } from './b.ts';"),
      ...readImports('src/kit/b.ts', "import type { A } from './a.ts';"),
    ];
    expect(findCycle(both)).toEqual(['src/kit/a.ts', 'src/kit/b.ts', 'src/kit/a.ts']);
  });
});
