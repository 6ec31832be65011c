import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { planZero } from '../../src/emit/zero/plan-zero.ts';
import { printZeroSchema } from '../../src/emit/zero/print-zero-schema.ts';
import { readSchema } from '../../src/read/drizzle/read-schema.ts';

const root = join(import.meta.dirname, '../..');

interface Names {
  /** The names of two tables in Zero. */
  readonly tables: readonly [string, string];
  /** Keys as written in the source, with or without quotes. */
  readonly columns: readonly string[];
  readonly relation: string;
}

const quoted = fc
  .oneof(
    fc.string({ unit: 'binary', maxLength: 6 }),
    fc.constantFrom(
      '',
      ' ',
      "it's",
      '`${',
      '*/',
      'constructor',
      'toString',
      'delete',
      '\u2028',
      '\u{1c89}',
    ),
    fc.double({ noNaN: true }).map(String),
    fc.nat().map(String),
  )
  .filter((key) => key.isWellFormed() && key !== '__proto__')
  .map((key) => JSON.stringify(key));
const numbers = fc.oneof(fc.nat({ max: 99 }).map(String), fc.constantFrom('1.5', '1e3', '0x10'));
const valueOf = (key: string): string => String(JSON.parse(key.startsWith('0x') ? '16' : key));
const names: fc.Arbitrary<Names> = fc.record({
  tables: fc.tuple(tableName('a'), tableName('b')),
  columns: fc.uniqueArray(fc.oneof(quoted, numbers), {
    minLength: 1,
    maxLength: 4,
    selector: valueOf,
  }),
  relation: quoted.filter((key) => !key.startsWith('"zsubq_')),
});

/** Names that Zero accepts. The last letter makes them unique. */
function tableName(last: string): fc.Arbitrary<string> {
  return fc
    .oneof(
      fc.stringMatching(/^[A-Za-z_]{1,3}[A-Za-z0-9_-]{0,3}$/),
      fc.constantFrom('_1', '__', '_-1', '__proto__', 'constructor', 'String'),
    )
    .map((name) => (name.startsWith('__proto') && last === 'a' ? name : `${name}${last}`));
}

/** Drizzle tables with these names, with a declared type, an inferred type and a plain column. */
function sourceOf({ columns, relation }: Names): string {
  const kinds = [
    (at: number) => `jsonb('c${at}').$type<{ a: 1 }>()`,
    (at: number) => `made('c${at}')`,
    (at: number) => `integer('c${at}').notNull()`,
  ];
  const written = columns.map((key, at) => `${key}: ${kinds[at % kinds.length]?.(at)}`);
  return `import { integer, jsonb, pgTable } from 'drizzle-orm/pg-core';
import { relations } from 'drizzle-orm';
const made = [jsonb].map((one) => (name: string) => one(name).$type<{ b: 2 }>())[0]!;
export const one = pgTable('one', { id: integer().primaryKey(), ${written.join(', ')} });
export const other = pgTable('other', { id: integer().primaryKey(), oneId: integer() });
export const otherRelations = relations(other, (to) => ({
  [${relation}]: to.one(one, { fields: [other.oneId], references: [one.id] }),
}));
`;
}

const USES = (names: Names, at: number): string => `
import { schema, zql, type Schema } from './zero-schema-${at}.gen.ts';
import type { Row } from '@rocicorp/zero';
const row = null as unknown as Row<Schema['tables'][${JSON.stringify(names.tables[0])}]>;
export const read${at} = [${names.columns.map((key) => `row[${JSON.stringify(valueOf(key))}]`).join(', ')}];
export const query${at} = zql[${JSON.stringify(names.tables[1])}].related(${names.relation}).where('id', 1);
export const key${at}: 'id' = schema.tables[${JSON.stringify(names.tables[0])}].primaryKey[0];
`;

const TSCONFIG = JSON.stringify({
  compilerOptions: {
    strict: true,
    noUncheckedIndexedAccess: true,
    module: 'esnext',
    moduleResolution: 'bundler',
    target: 'es2024',
    allowImportingTsExtensions: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
  },
  include: ['*.ts'],
});

async function generate(folder: string, names: Names, at: number): Promise<void> {
  const file = join(folder, `schema-${at}.ts`);
  writeFileSync(file, sourceOf(names));
  const exports = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as Record<
    string,
    unknown
  >;
  const { schema, findings } = readSchema({ files: [{ file, exports }] });
  expect(findings).toEqual([]);
  const { zero } = planZero(schema, undefined, {
    tables: { one: { name: names.tables[0] }, other: { name: names.tables[1] } },
  });
  const outFile = join(folder, `zero-schema-${at}.gen.ts`);
  // Several schemas in one program.
  writeFileSync(outFile, printZeroSchema(zero, { outFile, defaultTypes: false }));
  const { schema: made } = (await import(/* @vite-ignore */ pathToFileURL(outFile).href)) as {
    readonly schema: { readonly tables: Readonly<Record<string, { readonly columns: object }>> };
  };
  expect(Object.keys(made.tables[names.tables[0]]?.columns ?? {}).toSorted()).toEqual(
    ['id', ...names.columns.map(valueOf)].toSorted(),
  );
  writeFileSync(join(folder, `uses-${at}.ts`), USES(names, at));
}

test(
  'the generated code for odd names compiles, and contains each of them',
  { timeout: 180_000 },
  () =>
    fc.assert(
      fc.asyncProperty(fc.array(names, { minLength: 25, maxLength: 25 }), async (all) => {
        const folder = mkdtempSync(join(tmpdir(), 'odd-names-'));
        try {
          mkdirSync(folder, { recursive: true });
          symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
          writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
          writeFileSync(join(folder, 'tsconfig.json'), TSCONFIG);
          for (const [at, one] of all.entries()) await generate(folder, one, at);
          const tsc = join(root, 'node_modules/typescript/bin/tsc');
          const told = await new Promise<string>((resolve) => {
            const args = [tsc, '--project', folder, '--singleThreaded'];
            execFile(process.execPath, args, (_, stdout) => resolve(stdout));
          });
          expect(told).toBe('');
        } finally {
          rmSync(folder, { recursive: true, force: true });
        }
      }),
      { numRuns: 2, interruptAfterTimeLimit: 60_000 },
    ),
);
