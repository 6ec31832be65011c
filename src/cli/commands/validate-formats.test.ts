import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import formatsPlugin from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import { gardenApp } from '../../apps/garden/app.ts';
import { recordIo } from '../../command/record-io.fixture.ts';
import { commandsOf } from '../commands.ts';
import { root, testProject } from '../generate/project.fixture.ts';
import { run } from '../run.ts';

const SCHEMA = `import { integer, json, pgTable, text, uuid } from 'drizzle-orm/pg-core';
export const users = pgTable('users', { id: uuid('id').primaryKey() });

export const notes = pgTable('notes', {
\tid: uuid('id').primaryKey(),
\tauthorId: integer('author_id').references(() => users.id),
  // garden-ignore lint/json-type: its order matters
  payload: json('payload'),
});
`;
const HOSTILE = `import { index, pgTable, text } from 'drizzle-orm/pg-core';
export const bad = pgTable('a%b,c:d\\n::error::\\u001b[2J', { name: text('name') }, (t) => [
  index('one').on(t.name),
  index('two\\n::error::\\u001b[2J').on(t.name),
]);
`;

interface Options {
  readonly env?: Readonly<Record<string, string>>;
  readonly isTTY?: boolean;
}

async function validate(
  files: Readonly<Record<string, string>>,
  args: readonly string[],
  { env = {}, isTTY = false }: Options = {},
) {
  using project = testProject(files);
  const place = (text: string): string => text.replaceAll('PROJECT', project.folder);
  const io = recordIo({
    cwd: place(env['CWD'] ?? 'PROJECT'),
    isTTY,
    env: Object.fromEntries(Object.entries(env).map(([name, value]) => [name, place(value)])),
  });
  const code = await run(['validate', ...args], io, { commands: commandsOf([gardenApp]) });
  return { code, out: io.out(), err: io.err() };
}

const files = { 'schema.ts': SCHEMA };
const readJson = (file: string): object =>
  JSON.parse(readFileSync(join(root, file), 'utf8')) as object;

describe('pretty', () => {
  test('shows the source, the fix and the lines to paste, by table, with errors last', async () => {
    const { out } = await validate(files, []);
    expect(out.replace(/by \d+ rules/, 'by N rules')).toBe(`notes

  warning  the foreign key notes.authorId has no index.  lint/foreign-key-index
  schema.ts:6  notes.authorId
      5 │ id: uuid('id').primaryKey(),
    > 6 │ authorId: integer('author_id').references(() => users.id),
      7 │ // garden-ignore lint/json-type: its order matters
  fix  add index('idx_notes_author_id').on(t.authorId) to the table's third argument.

       index('idx_notes_author_id').on(t.authorId),

  error  notes.authorId is integer and references users.id, which is uuid.  lint/foreign-key-type
  schema.ts:6  notes.authorId
      5 │ id: uuid('id').primaryKey(),
    > 6 │ authorId: integer('author_id').references(() => users.id),
      7 │ // garden-ignore lint/json-type: its order matters
  fix  give both the same type, for example uuid.

1 error and 1 warning in 2 tables by N rules; 1 finding ignored.
`);
  });

  test.each([
    ['a pipe', {}, false],
    ['a terminal', { isTTY: true }, true],
    ['a terminal with NO_COLOR', { isTTY: true, env: { NO_COLOR: '1' } }, false],
    ['a pipe with FORCE_COLOR', { env: { FORCE_COLOR: '1' } }, true],
  ])('%s: colours', async (_, options, coloured) => {
    const { out } = await validate(files, [], options);
    expect(out.includes('\u001b[33mwarning\u001b[39m')).toBe(coloured);
    expect(out.includes('\u001b')).toBe(coloured);
  });

  test('a name cannot forge a line, or command the terminal', async () => {
    const { out } = await validate({ 'schema.ts': HOSTILE }, []);
    expect(out).toContain('a%b,c:d\\u000a::error::\\u001b[2J');
    // A message may have several lines; all but the first are indented.
    expect(out).toContain('the index two\n    ::error::\\u001b[2J of bad');
    expect(out).not.toMatch(/^::error|\u001b/m);
  });
});

describe('json', () => {
  const ajv = new Ajv();
  // As a user of the package finds it.
  const shipped = createRequire(import.meta.url).resolve('@techgarden/schema/validate.schema.json');
  const isValid = ajv.compile(JSON.parse(readFileSync(shipped, 'utf8')) as object);

  test.each([
    ['findings', files, []],
    [
      'a broken table',
      {
        'schema.ts': `${SCHEMA}export const t = pgTable('t', { id: uuid('id') }, () => { throw new Error('no'); });`,
      },
      [],
    ],
    ['a new baseline', files, ['--write-baseline', 'b.json']],
    ['a project that does not load', { 'schema.ts': 'throw new Error("no");' }, []],
  ])('%s: what the schema in the package describes', async (_, project, args) => {
    const { out } = await validate(project, ['--format', 'json', ...args]);
    expect(isValid(JSON.parse(out)), JSON.stringify(isValid.errors)).toBe(true);
    expect(isValid({ ...(JSON.parse(out) as object), more: 1 })).toBe(false);
  });

  test('--json is its short form', async () => {
    const short = await validate(files, ['--json']);
    expect(short).toEqual(await validate(files, ['--format', 'json']));
    expect(JSON.parse(short.out)).toMatchObject({
      ignored: [{ code: 'lint/json-type', reason: 'its order matters' }],
    });
  });
});

describe('github', () => {
  test('a workflow command a finding, then the summary', async () => {
    const { out } = await validate(files, ['--format', 'github']);
    expect(out.split('\n')).toEqual([
      "::warning file=schema.ts,line=6,title=lint/foreign-key-index::the foreign key notes.authorId has no index.%0Afix: add index('idx_notes_author_id').on(t.authorId) to the table's third argument.%0Aindex('idx_notes_author_id').on(t.authorId),",
      '::error file=schema.ts,line=6,title=lint/foreign-key-type::notes.authorId is integer and references users.id, which is uuid.%0Afix: give both the same type, for example uuid.',
      expect.stringMatching(/^1 error and 1 warning in 2 tables/),
      '',
    ]);
  });

  test('no name begins a command', async () => {
    const hostile = {
      'a,b:c%.ts': HOSTILE,
      'drizzle.config.ts': `export default { dialect: 'postgresql', schema: './a,b:c%.ts' };`,
    };
    const { out } = await validate(hostile, ['--format', 'github']);
    expect(out).toContain('::error file=a%2Cb%3Ac%25.ts,line=2,title=lint/no-primary-key::');
    expect(out.match(/^::/gm)?.length).toBe(out.trimEnd().split('\n').length - 1);
  });

  test('in a package of a monorepo, paths begin at the checkout', async () => {
    const nested = {
      'packages/db/schema.ts': SCHEMA,
      'packages/db/drizzle.config.ts': `export default { dialect: 'postgresql', schema: './schema.ts' };`,
    };
    const env = { CWD: 'PROJECT/packages/db', GITHUB_WORKSPACE: 'PROJECT' };
    const { out } = await validate(nested, ['--format', 'github'], { env });
    expect(out).toContain('::error file=packages/db/schema.ts,line=6,');
    const pretty = await validate(nested, [], { env });
    expect(pretty.out).toContain('\n  schema.ts:6 ');
  });

  test('what prevents everything is a command too', async () => {
    const { code, out } = await validate({ 'schema.ts': 'throw new Error("no");' }, [
      '--format',
      'github',
    ]);
    expect(code).toBe(2);
    expect(out).toMatch(/^::error file=schema\.ts,line=1,title=generate\/cannot-load::/);
  });
});

describe('sarif', () => {
  // The schema is draft 4, which differs from draft 7 in the name of its id only.
  const {
    id: _,
    $schema: __,
    ...sarif
  } = readJson('node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json') as Record<
    string,
    unknown
  >;
  const ajv = new Ajv({ strict: false, unicodeRegExp: false });
  formatsPlugin.default(ajv);
  const isValid = ajv.compile(sarif);

  test('is what the standard describes', async () => {
    const { out } = await validate(files, ['--format', 'sarif']);
    const log = JSON.parse(out);
    expect(isValid(log), JSON.stringify(isValid.errors)).toBe(true);
    const [{ tool, results }] = log.runs;
    expect(results).toHaveLength(3);
    expect(results[1]).toMatchObject({
      ruleId: 'lint/foreign-key-type',
      level: 'error',
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'schema.ts', uriBaseId: '%SRCROOT%' },
            region: { startLine: 6 },
          },
          logicalLocations: [{ fullyQualifiedName: 'public.notes.author_id' }],
        },
      ],
      partialFingerprints: { 'ruleAndObject/v1': 'lint/foreign-key-type public.notes.author_id' },
      suppressions: [],
    });
    expect(tool.driver.rules[results[1].ruleIndex]).toMatchObject({
      id: 'lint/foreign-key-type',
      help: { text: expect.stringContaining('.'), markdown: expect.stringContaining('Reported:') },
    });
    expect(results[2]).toMatchObject({
      ruleId: 'lint/json-type',
      suppressions: [{ kind: 'inSource', justification: 'its order matters' }],
    });
  });

  test.each([
    ['a project that does not load', { 'schema.ts': 'throw new Error("no");' }, false],
    [
      'a name with spaces and umlauts',
      {
        'schéma 1.ts': SCHEMA,
        'drizzle.config.ts': `export default { dialect: 'postgresql', schema: './schéma 1.ts' };`,
      },
      true,
    ],
    ['a hostile name', { 'schema.ts': HOSTILE }, true],
  ])('%s', async (_name, project, successful) => {
    const { out } = await validate(project, ['--format', 'sarif']);
    const log = JSON.parse(out);
    expect(isValid(log), JSON.stringify(isValid.errors)).toBe(true);
    expect(log.runs[0].invocations[0].executionSuccessful).toBe(successful);
  });
});

test.each([
  [['--format', 'xml'], '--format "xml" is not a format.'],
  [['--format', 'github', '--json'], '--json contradicts --format github.'],
])('%j is refused', async (args, message) => {
  const { code, out, err } = await validate(files, args);
  expect(code).toBe(2);
  expect(out + err).toContain(message.replaceAll('"', args.includes('--json') ? '\\"' : '"'));
});
