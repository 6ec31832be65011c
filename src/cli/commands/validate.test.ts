import { describe, expect, test } from 'vitest';
import { gardenApp } from '../../apps/garden/app.ts';
import { recordIo } from '../../command/record-io.fixture.ts';
import { commandsOf } from '../commands.ts';
import { kit, testProject } from '../generate/project.fixture.ts';
import { run } from '../run.ts';

const IMPORTS = `import { index, integer, pgTable, pgView, text, unique, uuid } from 'drizzle-orm/pg-core';\n`;
const USERS = `export const users = pgTable('users', { id: uuid('id').primaryKey() });\n`;
const notes = (author: string, third = ''): string => `${IMPORTS}${USERS}
export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
${author}
}${third});
`;
const AUTHOR = `  authorId: uuid('author_id').references(() => users.id),`;

/** The output of `garden validate` for a project with these files. */
async function validate(files: Readonly<Record<string, string>>, ...args: readonly string[]) {
  using project = testProject(files);
  const io = recordIo({ cwd: project.folder });
  const code = await run(['validate', ...args], io, { commands: commandsOf([gardenApp]) });
  return { code, out: io.out(), err: io.err() };
}

/** The codes of the findings that the pretty output shows. */
const codesIn = (out: string): readonly string[] =>
  [...out.matchAll(/^ {2}(?:error|warning) {2}.* {2}(\S+\/\S+)$/gm)].map(([, code = '']) => code);

const config = (settings: string): string => `export default { validate: ${settings} };\n`;

test('a finding has a message, a place and a fix; warnings exit with 0', async () => {
  expect(await validate({ 'schema.ts': notes(AUTHOR) })).toEqual({
    code: 0,
    err: '',
    out: expect.stringMatching(
      /^notes\n\n {2}warning {2}the foreign key notes\.authorId has no index\. {2}lint\/foreign-key-index\n {2}schema\.ts:6 {2}notes\.authorId\n.*\n\n1 warning in 2 tables by \d\d rules\.\n$/s,
    ),
  });
});

test('errors, and more warnings than --max-warnings, exit with 1', async () => {
  const wrong = { 'schema.ts': notes(AUTHOR.replace('uuid(', 'integer(')) };
  const found = await validate(wrong);
  expect(found.code).toBe(1);
  expect(found.out).toMatch(/^1 error and 1 warning in /m);
  const warned = { 'schema.ts': notes(AUTHOR) };
  expect((await validate(warned, '--max-warnings', '0')).code).toBe(1);
  expect((await validate(warned, '--max-warnings', '1')).code).toBe(0);
  expect(await validate(warned, '--max-warnings', 'none')).toMatchObject({
    code: 2,
    err: expect.stringMatching(/^cli\/bad-value: --max-warnings "none"/),
  });
});

test('what only matters for a Zero schema is no error without one', async () => {
  const schema = `import { relations } from 'drizzle-orm';
${notes(`  author: uuid('author').references(() => users.id),`, `, (t) => [index('a').on(t.author)]`)}
export const people = users;
export const notesRelations = relations(notes, ({ one }) => ({
  author: one(users, { fields: [notes.author], references: [users.id] }),
}));
`;
  const plain = await validate({ 'schema.ts': schema });
  expect([plain.code, ...codesIn(plain.out)]).toEqual([0, 'schema/relation-name-clash']);
  const synced = await validate({
    'schema.ts': schema,
    'garden.config.ts': "export default { zero: { out: './zero' } };",
  });
  expect([synced.code, ...codesIn(synced.out)]).toEqual([
    1,
    'schema/aliased-table',
    'schema/relation-name-clash',
  ]);
});

test('--json prints one document with relative places', async () => {
  const { code, out, err } = await validate({ 'schema.ts': notes(AUTHOR) }, '--json');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(JSON.parse(out)).toEqual({
    version: 1,
    tables: 2,
    rules: expect.arrayContaining(['lint/no-primary-key']),
    findings: [
      {
        severity: 'warning',
        code: 'lint/foreign-key-index',
        object: 'public.notes.author_id',
        places: [{ file: 'schema.ts', line: 6, name: 'notes.authorId' }],
        message: 'the foreign key notes.authorId has no index.',
        fix: expect.stringContaining("index('idx_notes_author_id')"),
        paste: "index('idx_notes_author_id').on(t.authorId),",
      },
    ],
    ignored: [],
    notJudged: [],
  });
});

describe('settings', () => {
  test('presets select the rules, and each rule can have another severity or be off', async () => {
    const files = { 'schema.ts': notes(AUTHOR) };
    const house = await validate({
      ...files,
      'garden.config.ts': config(`{ presets: ['house'], rules: { 'lint/char-type': 'error' } }`),
    });
    expect(codesIn(house.out)).toEqual(['lint/foreign-key-name', 'lint/on-delete']);
    const off = config(`{ rules: { 'lint/foreign-key-index': 'off' } }`);
    const silent = await validate({ ...files, 'garden.config.ts': off });
    expect([silent.code, codesIn(silent.out)]).toEqual([0, []]);
    const error = config(`{ rules: { 'lint/foreign-key-index': 'error' } }`);
    expect((await validate({ ...files, 'garden.config.ts': error })).code).toBe(1);
    const unknown = config(`{ rules: { 'lint/foreign-key-indx': 'off' } }`);
    expect(await validate({ ...files, 'garden.config.ts': unknown })).toMatchObject({
      code: 1,
      out: expect.stringMatching(
        /check\/unknown-rule\n {2}garden\.config\.ts:1 .*\n {2}fix {2}did you mean lint\/foreign-key-index\?/s,
      ),
    });
  });

  test('a rule has options', async () => {
    const files = {
      'schema.ts': `import { pgTable, timestamp, uuid } from 'drizzle-orm/pg-core';
export const visits = pgTable('visits', {
  id: uuid('id').primaryKey(),
  at: timestamp('at', { withTimezone: true, precision: 6 }),
});
`,
    };
    const rules = (setting: string): string =>
      config(`{ rules: { 'lint/timestamp-precision': ${setting} } }`);
    const found = await validate({ ...files, 'garden.config.ts': rules(`'error'`) });
    expect(codesIn(found.out)).toEqual(['lint/timestamp-precision']);
    const wide = rules(`['error', { precision: 6 }]`);
    expect(codesIn((await validate({ ...files, 'garden.config.ts': wide })).out)).toEqual([]);
    const wrong = rules(`['warning', { precison: 6 }]`);
    const misspelt = await validate({ ...files, 'garden.config.ts': wrong });
    expect(codesIn(misspelt.out)).toEqual(['lint/timestamp-precision', 'check/wrong-option']);
    expect(misspelt.out).toMatch(/\n {2}garden\.config\.ts:1 .*did you mean precision\?/s);
  });

  test('opposite rules cannot both run', async () => {
    const own = `{ presets: ['recommended'], ownRules: [{
      code: 'acme/serial', severity: 'error', presets: [], title: '', why: '',
      inputs: ['definitions'], example: { bad: '', good: '' }, check: () => [],
      opposite: ['lint/serial-column'],
    }] }`;
    const files = { 'schema.ts': IMPORTS + USERS, 'garden.config.ts': config(own) };
    expect(await validate(files)).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringMatching(
        /^check\/opposite-rules: the rules acme\/serial and lint\/serial-column [^\n]+\n {4}at {2}garden\.config\.ts:1 {2}validate\.presets\n/,
      ),
    });
  });

  test("a project's own rule runs with the built-in ones", async () => {
    const own = `{ ownRules: [{
      code: 'acme/no-views', severity: 'error', presets: [], title: '', why: '',
      inputs: ['definitions'], example: { bad: '', good: '' },
      check: ({ tables }) => tables.map(({ name }) => ({ object: name, places: [], message: 'no.', fix: 'none.' })),
    }] }`;
    const found = await validate({ 'schema.ts': IMPORTS + USERS, 'garden.config.ts': config(own) });
    expect(found).toMatchObject({
      code: 1,
      out: expect.stringContaining('error  no.  acme/no-views\n'),
    });
  });
});

describe('a finding is ignored with a reason', () => {
  const ignored = {
    code: 0,
    err: '',
    out: expect.stringMatching(/^No findings .*; 1 finding ignored\.\n$/),
  };

  test.each([
    ['above', `  // garden-ignore lint/foreign-key-index: nobody deletes users\n${AUTHOR}`],
    ['beside', `${AUTHOR} // garden-ignore lint/foreign-key-index: nobody deletes users`],
  ])('in a comment %s', async (_, column) => {
    expect(await validate({ 'schema.ts': notes(column) })).toEqual(ignored);
  });

  test.each(['notes.author_id', 'public.notes.author_id'])(
    'in the settings: %s',
    async (object) => {
      const settings = `{ ignore: [{ rule: 'lint/foreign-key-index', object: '${object}', reason: 'few rows' }] }`;
      const files = { 'schema.ts': notes(AUTHOR), 'garden.config.ts': config(settings) };
      expect(await validate(files)).toEqual(ignored);
    },
  );

  test.each([
    ['no reason', `// garden-ignore lint/foreign-key-index`, 'check/no-reason'],
    ['no such rule', `// garden-ignore lint/foreign-index: few rows`, 'check/unknown-rule'],
    ['no rule', `// garden-ignore`, 'check/unknown-rule'],
    ['another rule', `// garden-ignore lint/json-type: few rows`, 'check/unused-ignore'],
  ])('%s: reported, and the finding is kept', async (_, comment, code) => {
    const { out } = await validate({ 'schema.ts': notes(`  ${comment}\n${AUTHOR}`) });
    expect(out).toContain(`${code}\n  schema.ts:6\n`);
    expect(codesIn(out)).toContain('lint/foreign-key-index');
  });

  test('an unknown object is reported', async () => {
    const settings = `{ ignore: [{ rule: 'lint/foreign-key-index', object: 'notes.autor_id', reason: 'few rows' }] }`;
    const files = { 'schema.ts': notes(AUTHOR), 'garden.config.ts': config(settings) };
    const { code, out } = await validate(files);
    expect(code).toBe(1);
    expect(out).toMatch(
      /check\/unknown-object\n {2}garden\.config\.ts:1 .*\n {2}fix {2}did you mean notes\.author_id\?/s,
    );
  });
});

describe('schemas that cannot be checked', () => {
  test.each([
    ['a schema that throws', { 'schema.ts': `throw new Error('no');` }, 'generate/cannot-load: '],
    ['a schema without tables', { 'schema.ts': 'export const a = 1;' }, 'schema/no-tables: '],
    ['no schema', {}, 'generate/schema-not-found: '],
    ['wrong settings', { 'garden.config.ts': config('[]') }, 'generate/'],
  ])('%s: exit code 2', async (_, files, code) => {
    const found = await validate(files);
    expect({ code: found.code, out: found.out }).toEqual({ code: 2, out: '' });
    expect(found.err.startsWith(code)).toBe(true);
    const { out } = await validate(files, '--json');
    expect(JSON.parse(out)).toMatchObject({ problem: { code: expect.stringContaining('/') } });
  });

  test('a table whose constraints throw is reported, and the others are checked', async () => {
    const { code, out } = await validate({
      'schema.ts': `${notes(AUTHOR)}export const tags = pgTable('tags', { id: uuid('id') }, (t) => [index('a').on(t.name.id)]);\n`,
    });
    expect(code).toBe(1);
    expect(codesIn(out)).toEqual(['lint/foreign-key-index', 'schema/constraints-throw']);
    expect(out).toMatch(
      /^not judged {2}public\.tags by \d\d rules: its constraints could not be read\.$/m,
    );
  });
});

test('rules that read access rules do not run while those are refused', async () => {
  const schema = `import { anyone, defineAccess, id, pgTable } from ${kit};
const { access } = defineAccess({ role: 'app' });
export const notes = pgTable('notes', { id: id() }, (t) => [...access(t, { read: anyone })]);
`;
  const { code, out } = await validate({ 'schema.ts': schema }, '--json');
  expect(code).toBe(1);
  const { notJudged, findings, rules } = JSON.parse(out);
  expect(findings).toMatchObject([{ code: 'access/no-enable-rls' }]);
  expect(notJudged).toContainEqual({
    rule: 'lint/rls-without-policy',
    reason: 'the access rules could not be read',
  });
  expect(rules).not.toContain('lint/rls-without-policy');
});

describe('--rules', () => {
  test('--rules lists the rules, or explains one', async () => {
    const listed = await validate({}, '--rules');
    expect(listed.out).toMatch(
      /^lint\/boolean-index +warning {2}recommended +No index has a boolean /m,
    );
    const one = await validate({}, '--rules', 'foreign-key-index');
    const withOptions = await validate({}, '--rules', 'timestamp-precision');
    expect(withOptions.out).toContain(
      '\n\nOptions\n  precision: the maximum number of fractional digits of a second; 3 by default\n\n',
    );
    expect(one.out).toMatch(/^lint\/foreign-key-index: .*\n\nReported\n {2}export const users/s);
    expect(JSON.parse((await validate({}, '--rules', '--json')).out).rules.length).toBeGreaterThan(
      30,
    );
    expect(await validate({}, '--rules', 'foreign-key-indx')).toMatchObject({
      code: 2,
      err: expect.stringContaining('did you mean lint/foreign-key-index?'),
    });
    expect((await validate({}, 'lint/char-type')).err).toMatch(/^cli\/unexpected-argument: /);
  });
});
