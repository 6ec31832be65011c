import { beforeAll, describe, expect, test } from 'vitest';
import { readSource, type ReadSource } from './schema.fixture.ts';

/** A column's builder and the type that is read from it; `-` for no type. */
type Cases = readonly (readonly [builder: string, type: string])[];

const SAME_FILE = `
  import type { Named, Generic } from './types.ts';
  import type { Named as Other } from './types';
  import type Default from './types.js';
  import type * as all from './types.ts';
  import type { Far } from '@alias/far';
  import type { Lost } from './lost.ts';
  import type { Based } from 'deep/based';
  import type { z } from 'zod';
  import type { Buffer } from 'node:buffer';
  import * as help from './help.ts';
  import { wrapped, shared } from './help.ts';
  export type Own = { a: 1 };
  type Hidden = { a: string; own: Own };
  type Words = 'x' | 'y';
  type Pair<T> = { left: T; right: T };
  type Each<T> = T extends string ? T[] : never;
  type Tree = { children: Tree[] };
  interface Shape { sides: number }
  interface Square extends Shape { equal: true }
  type Renamed = { b: 2 };
  interface Merged { a: 1 }
  interface Merged { b: 2 }
  import type Required = require('./types.ts');
  declare namespace Space.Inner { type Far = 1 }
  declare function declared(): { a: 1 };
  const locally = () => { type Words = 'inside'; return text().$type<Words>(); };
  const named = () => { interface Own { inside: 1 } return jsonb().$type<Own>(); };
  const held = () => { class Shape { inside = 1 } return jsonb().$type<Shape>(); };
  export type { Renamed as Public };
  type Long = { ${Array.from({ length: 60 }, (_, index) => `key${index}: string`).join('; ')} };
  export const words = ['a', 'b'] as const;
  const hidden = ['c', 'd'] as const;
  const loose = ['c', 'd'];
  const typed = <T>(name: string) => jsonb(name).$type<T>();
  const loud = (name: string) => { const made = text(name); return made.$type<'loud'>().notNull(); };
  const choose = (name: string, yes: boolean) => { if (yes) return text(name); return text(name).$type<'no'>(); };
  const money = <Data>(name: string) => pg.customType<{ data: Data; driverData: string }>({ dataType: () => 'money' })(name);
  const local = (name: string) => { function text(own: string) { return uuid(own).$type<'inner'>(); } return text(name); };
  const citext = pg.customType<{ data: string & { __ci: true } }>({ dataType: () => 'citext' });
  const vague = pg.customType({ dataType: () => 'xml' }) as any;
  const mood = pg.pgEnum('mood', ['glad', 'sad']);
  ${Array.from({ length: 12 }, (_, n) => `type W${n} = { ${[...'abcdefgh'].map((key) => `${key}: ${n === 11 ? 1 : `W${n + 1}`}`).join('; ')} };`).join('\n')}
  const again = (n: number): any => (n > 0 ? { ...again(n - 1), ...again(n - 1), ...again(n - 1), ...again(n - 1) } : { again: text() });
  const loop = (name: string): any => (globalThis as any).never ? loop(name) : text(name);
`;

const CASES: Readonly<Record<string, Cases>> = {
  'self-contained types are printed in a normalised form': [
    [
      `jsonb().$type<{ a?: string, readonly 'b': number; 'c-d': null }>()`,
      "{ a?: string; readonly b: number; 'c-d': null }",
    ],
    [`jsonb().$type<\n  // why\n  | "a" /* this */\n  | 'b'\n>()`, "'a' | 'b'"],
    [`text().$type<"it's" | 'say "hi"'>()`, `'it\\'s' | 'say "hi"'`],
    ['text().$type<`v${number}.${string}`>()', '`v${number}.${string}`'],
    [
      'jsonb().$type<[first: string, second?: number, ...rest: boolean[]]>()',
      '[first: string, second?: number, ...rest: boolean[]]',
    ],
    ['jsonb().$type<[string, number?]>()', '[string, number?]'],
    ['jsonb().$type<(string | number)[]>()', '(string | number)[]'],
    ['jsonb().$type<readonly (string)[]>()', 'readonly string[]'],
    [
      'jsonb().$type<Record<string, Array<Partial<{ d: Date }>>>>()',
      'Record<string, Array<Partial<{ d: Date }>>>',
    ],
    [
      'jsonb().$type<{ [key: string]: unknown; (x: number): void; new (): Date; m?(a?: 1): void }>()',
      '{ [key: string]: unknown; (x: number): void; new (): Date; m?(a?: 1): void }',
    ],
    [
      "jsonb().$type<{ readonly [K in 'a' | 'b' as `x${K}`]?: K }>()",
      "{ readonly [K in 'a' | 'b' as `x${K}`]?: K }",
    ],
    ['jsonb().$type<{ -readonly [K in string]-?: K }>()', '{ -readonly [K in string]-?: K }'],
    [
      'jsonb().$type<(<T extends string>(x: T, ...more: T[]) => T) | (new () => Date)>()',
      '(<T extends string>(x: T, ...more: T[]) => T) | (new () => Date)',
    ],
    ['jsonb().$type<string extends infer U ? U : never>()', 'string extends infer U ? U : never'],
    ['integer().$type<-1 | 0 | 1n>()', '-1 | 0 | 1n'],
    ["text().$type<string & { readonly __brand: 'Id' }>()", "string & { readonly __brand: 'Id' }"],
    ["jsonb().$type<('a' | 'b') & string>()", "('a' | 'b') & string"],
    ["jsonb().$type<{ a: { b: 1 } }['a']['b']>()", "{ a: { b: 1 } }['a']['b']"],
    ['jsonb().$type<keyof { a: 1 }>()', 'keyof { a: 1 }'],
    ['jsonb().$type<{}>()', '{}'],
  ],
  'names of other modules are imports': [
    ['jsonb().$type<Named>()', '<Named of ./types.ts>'],
    ['jsonb().$type<Other[]>()', '<Named of ./types.ts>[]'],
    ['jsonb().$type<Default>()', '<default of ./types.ts>'],
    ['jsonb().$type<all.Named>()', '<* of ./types.ts>.Named'],
    ['jsonb().$type<Generic<Named>>()', '<Generic of ./types.ts><<Named of ./types.ts>>'],
    ['jsonb().$type<z.infer<typeof words>>()', '<z of zod>.infer<typeof <words of ./schema.ts>>'],
    ["jsonb().$type<import('./types.ts').Generic<string>>()", '<Generic of ./types.ts><string>'],
    ["jsonb().$type<typeof import('./types.ts')>()", 'typeof <* of ./types.ts>'],
    ["jsonb().$type<import('zod').z.ZodType>()", '<z of zod>.ZodType'],
    ['jsonb().$type<Far>()', '<Far of ./aliased/far.ts>'],
    ['jsonb().$type<Based>()', '<Based of ./deep/based.ts>'],
    ['jsonb().$type<Buffer>()', '<Buffer of node:buffer>'],
    ['jsonb().$type<Lost>()', 'inferred'],
  ],
  'names of the file itself': [
    ['jsonb().$type<Own>()', '<Own of ./schema.ts>'],
    ['jsonb().$type<Renamed>()', '<Public of ./schema.ts>'],
    ['jsonb().$type<Hidden[]>()', '{ a: string; own: <Own of ./schema.ts> }[]'],
    ['text().$type<Words>()', "'x' | 'y'"],
    ['jsonb().$type<Words[]>()', "('x' | 'y')[]"],
    ['jsonb().$type<Shape>()', '{ sides: number }'],
    ['jsonb().$type<Square>()', 'inferred'],
    [
      'jsonb().$type<Pair<Named>>()',
      '{ left: <Named of ./types.ts>; right: <Named of ./types.ts> }',
    ],
    ["jsonb().$type<Each<'a' | 'b'>>()", 'inferred'],
    ['jsonb().$type<Merged>()', 'inferred'],
    ['jsonb().$type<Required.Named>()', 'inferred'],
    ['jsonb().$type<Space.Inner.Far>()', 'inferred'],
    ['jsonb().$type<ReturnType<typeof declared>>()', 'inferred'],
    ['jsonb().$type<Tree>()', 'inferred'],
    ['jsonb().$type<Long>()', 'inferred'],
    ['jsonb().$type<W0>()', 'inferred'],
    ['text().$type<(typeof words)[number]>()', '(typeof <words of ./schema.ts>)[number]'],
    ['text().$type<(typeof hidden)[number]>()', "'c' | 'd'"],
    ['text().$type<(typeof hidden)[number][]>()', "('c' | 'd')[]"],
    ['text().$type<(typeof loose)[number]>()', 'inferred'],
  ],
  '$type applies anywhere in the chain; two of them are left to Drizzle': [
    ["text().$type<'a'>().notNull().$type<'b'>().default('b')", 'inferred'],
    ["text({ enum: ['a', 'b', 'c'] }).$type<'a' | 'b'>().$type<'b' | 'c'>()", 'inferred'],
    ["mood().$type<'glad'>().notNull().$type<'glad' | 'sad'>()", 'inferred'],
    ["text({ enum: ['a', 'b'] }).$type<'a'>()", "'a'"],
    ["text().$type<'a' | 'b'>().array().notNull()", "('a' | 'b')[]"],
    ["text().$type<'a'>().array().array()", "'a'[][]"],
    ["text().array().$type<'a'[]>()", "'a'[]"],
    ["(text().$type<'a'>() as any)!", "'a'"],
    ['jsonb().notNull()', '-'],
    ['text()', '-'],
    ["text({ enum: ['a', 'b'] })", '-'],
    ["pg.text().$type<'p'>()", "'p'"],
    ['mood()', '-'],
    ['citext()', 'string & { __ci: true }'],
    ['citext().array()', '(string & { __ci: true })[]'],
    ['vague()', 'inferred'],
  ],
  'builders that functions and other files make are followed': [
    ["typed<Named>('t')", '<Named of ./types.ts>'],
    ["typed<Hidden>('u').notNull()", '{ a: string; own: <Own of ./schema.ts> }'],
    ["typed('v')", 'inferred'],
    ["loud('w')", "'loud'"],
    ["help.status('x')", "'on' | 'off'"],
    ["wrapped(text('y').$type<'in'>())", "'in'"],
    ['shared', '<Setting of ./help.ts>'],
    ["money<Named>('a')", '<Named of ./types.ts>'],
    ["local('b')", "'inner'"],
    ['locally()', 'inferred'],
    ['named()', 'inferred'],
    ['held()', 'inferred'],
    ["choose('z', true)", 'inferred'],
    ["loop('l')", 'inferred'],
    ['again(2).again', 'inferred'],
    ["(false ? text('m') : text('m'))", 'inferred'],
  ],
};

const FILES = {
  'types.ts': `export type Named = 1; export type Generic<T> = T[]; type D = 2; export default D;`,
  'help.ts': `
    export interface Setting { on: boolean }
    type Status = 'on' | 'off';
    export const status = (name: string) => text(name).$type<Status>();
    export function wrapped<B>(builder: B): B { return builder; }
    export const shared = jsonb('shared').$type<Setting>();`,
  'aliased/far.ts': `export type Far = 3;`,
  'deep/based.ts': `export type Based = 4;`,
  'tsconfig.json': `{ "extends": ["./base.json"], }`,
  'base.json': `{ "compilerOptions": { /* in a comment */ "baseUrl": ".", "paths": { "@alias/*": ["./aliased/*"], }, } }`,
};

describe('the type of $type', () => {
  const all = Object.values(CASES).flat();
  let read: ReadSource;
  beforeAll(async () => {
    const columns = all.map(([builder], index) => `c${index}: ${builder},`);
    const table = `export const t = pgTable('t', {\n${columns.join('\n')}\n});`;
    read = await readSource({ ...FILES, 'schema.ts': `${SAME_FILE}\n${table}` });
  });

  test.each(Object.entries(CASES))('%s', (_, cases) => {
    const found = cases.map(([builder]) => {
      const index = all.findIndex(([other]) => other === builder);
      return [builder, read.type(`t.c${index}`) ?? '-'];
    });
    expect(found).toEqual(cases);
  });
});

test('numeric keys, with and without quotes', async () => {
  const read = await readSource({
    'schema.ts': `export const t = pgTable('t', { 7: jsonb().$type<'a'>(), '8': jsonb().$type<'b'>(), 1e3: jsonb().$type<'c'>() });`,
  });
  expect(read.type('t.7')).toBe("'a'");
  expect(read.type('t.8')).toBe("'b'");
  expect(read.type('t.1000')).toBe("'c'");
});
