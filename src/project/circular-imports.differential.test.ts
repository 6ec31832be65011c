import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CONFIG, root, testProject, type TestProject } from '../cli/generate/project.fixture.ts';

/** How a file uses an export of another file. */
type Use = 'reference' | 'columns' | 'function' | 'var' | 'enum';

interface Graph {
  /** The files in the order of the config. */
  readonly order: readonly number[];
  readonly uses: readonly { readonly from: number; readonly to: number; readonly use: Use }[];
}

const COUNT = 4;
const index = fc.nat({ max: COUNT - 1 });
const graphs: fc.Arbitrary<Graph> = fc.record({
  order: fc.shuffledSubarray([0, 1, 2, 3], { minLength: COUNT }),
  uses: fc.uniqueArray(
    fc.record({
      from: index,
      to: index,
      use: fc.constantFrom<Use>('reference', 'columns', 'function', 'var', 'enum'),
    }),
    { maxLength: 6, selector: ({ from, to }) => `${from} ${to}` },
  ),
});

const USES: Readonly<Record<Use, (to: number) => string>> = {
  reference: (to) => `to${to}: integer().references((): AnyPgColumn => table${to}.id),`,
  columns: (to) => `...columns${to},`,
  function: (to) => `...made${to}(),`,
  var: (to) => `...varied${to},`,
  enum: (to) => `['e' + Object.keys(Kind${to} ?? {}).length + 'n${to}']: integer(),`,
};
const NAMES: Readonly<Record<Use, string>> = {
  reference: 'table',
  columns: 'columns',
  function: 'made',
  var: 'varied',
  enum: 'Kind',
};

const fileOf = (at: number, { uses }: Graph): string => {
  const own = uses.filter(({ from, to }) => from === at && to !== at);
  const imports = own.map(({ to, use }) => `import { ${NAMES[use]}${to} } from './file${to}';\n`);
  return `import { integer, pgTable, type AnyPgColumn } from 'drizzle-orm/pg-core';
${imports.join('')}
export const columns${at} = { c${at}: integer() };
export var varied${at} = { v${at}: integer() };
export enum Kind${at} { Own }
export function made${at}() { return { f${at}: integer() }; }
export const table${at} = pgTable('t${at}', { id: integer().primaryKey(), ${own.map(({ to, use }) => USES[use](to)).join(' ')} });
`;
};

/** The tables that drizzle-kit creates, or the name that it uses too early. */
async function drizzleKit({ folder }: TestProject): Promise<string> {
  const bin = join(root, 'node_modules/drizzle-kit/bin.cjs');
  const ran = await promisify(execFile)(process.execPath, [bin, 'export'], { cwd: folder }).catch(
    (error: { readonly stdout: string; readonly stderr: string }) => error,
  );
  return tooEarly(ran.stdout + ran.stderr) ?? tablesIn(ran.stdout);
}

async function garden(project: TestProject): Promise<string> {
  const { out, err } = await project.generate(['--check']);
  return (
    /circular-import: \S+ uses (\w+) before/.exec(err)?.[1] ??
    tooEarly(err) ??
    tablesIn(out.replaceAll(/^\+ /gm, ''))
  );
}

const tooEarly = (text: string): string | undefined =>
  /Cannot access '(\w+)' before initialization/.exec(text)?.[1];

function tablesIn(sql: string): string {
  const tables = sql.match(/CREATE TABLE [^;]*;/g) ?? [];
  return tables.length === 0 ? `no tables: ${sql}` : tables.toSorted().join('\n');
}

const configOf = ({ order }: Graph): string =>
  CONFIG.replace("'./schema.ts'", JSON.stringify(order.map((at) => `./file${at}.ts`)));

/** Each run starts drizzle-kit; .ci/run asks for more. */
const RUNS = Number(process.env['CIRCULAR_IMPORT_RUNS'] ?? 5);

test('files that import each other are read as drizzle-kit reads them', { timeout: 120_000 }, () =>
  fc.assert(
    fc.asyncProperty(graphs, async (graph) => {
      const files = [0, 1, 2, 3].map((at) => [`file${at}.ts`, fileOf(at, graph)]);
      using project = testProject({
        'drizzle.config.ts': configOf(graph),
        ...Object.fromEntries(files),
      });
      expect(await garden(project)).toBe(await drizzleKit(project));
    }),
    {
      numRuns: RUNS,
      examples: [
        // Columns that are spread by another file, which is imported first.
        [
          {
            order: [0, 1, 2, 3],
            uses: [
              { from: 0, to: 2, use: 'reference' },
              { from: 1, to: 2, use: 'reference' },
              { from: 2, to: 1, use: 'columns' },
            ],
          },
        ],
        // The same files in an order that fails.
        [
          {
            order: [1, 0, 2, 3],
            uses: [
              { from: 0, to: 2, use: 'reference' },
              { from: 1, to: 2, use: 'reference' },
              { from: 2, to: 1, use: 'columns' },
            ],
          },
        ],
      ],
    },
  ),
);

const cyclic = {
  'drizzle.config.ts': CONFIG.replace("'./schema.ts'", "['./boards.ts', './users.ts']"),
  'boards.ts': `import { integer, pgTable, timestamp } from 'drizzle-orm/pg-core';
import { users } from './users';
export const timestamps = { createdAt: timestamp('created_at').notNull() };
export const boards = pgTable('boards', { id: integer().primaryKey().references(() => users.id) });
`,
  'users.ts': `import { integer, pgTable } from 'drizzle-orm/pg-core';
import { timestamps } from './boards';
export const users = pgTable('users', { id: integer().primaryKey(), ...timestamps });
`,
};

test('a name that is used too early is reported with the cycle, the line and a fix', async () => {
  using project = testProject(cyclic);
  const { code, out, err } = await project.generate();
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err)
    .toBe(`generate/circular-import: users.ts uses timestamps before it is defined: users.ts → boards.ts → users.ts import each other.
    at  users.ts:3
    fix move timestamps into a file that does not import them.
`);
});

test('relations of an undefined table are reported, and the rest is read', async () => {
  using project = testProject({
    ...cyclic,
    'drizzle.config.ts': CONFIG.replace("'./schema.ts'", "['./users.ts', './boards.ts']"),
    'boards.ts': `${cyclic['boards.ts']}
import { relations } from 'drizzle-orm';
import * as all from './users';
export const lostRelations = relations((all as any).lost, () => ({}));
`,
  });
  const { code, out, err } = await project.generate(['zero']);
  expect(err)
    .toBe(`schema/relation-no-table: lostRelations defines relations of a table that is undefined.
    at  boards.ts:8  lostRelations
    fix import the table, or remove the relations().

`);
  expect({ code, out }).toEqual({
    code: 1,
    out: '+ zero-schema.gen.ts\n+ zero-checks.gen.ts\n1 error; see above.\n',
  });
});
