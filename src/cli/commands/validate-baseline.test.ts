import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { gardenApp } from '../../apps/garden/app.ts';
import { recordIo } from '../../command/record-io.fixture.ts';
import { commandsOf } from '../commands.ts';
import { testProject, type TestProject } from '../generate/project.fixture.ts';
import { run } from '../run.ts';

const table = (name: string, type = 'json'): string =>
  `export const ${name} = pgTable('${name}', { id: uuid('id').primaryKey(), data: ${type}('data') });\n`;
const schema = (...tables: readonly string[]): Readonly<Record<string, string>> => ({
  'schema.ts': `import { json, jsonb, pgTable, uuid } from 'drizzle-orm/pg-core';\n${tables.join('')}`,
});

async function validate({ folder }: TestProject, ...args: readonly string[]) {
  const io = recordIo({ cwd: folder });
  const all = ['validate', '--max-warnings', '0', ...args];
  const code = await run(all, io, { commands: commandsOf([gardenApp]) });
  return { code, out: io.out(), err: io.err() };
}

const baselineOf = ({ folder }: TestProject): unknown =>
  JSON.parse(readFileSync(join(folder, 'b.json'), 'utf8'));

test('only new findings fail, and the file only shrinks', async () => {
  using project = testProject(schema(table('a'), table('b')));
  const created = await validate(project, '--write-baseline', 'b.json');
  expect(created).toMatchObject({
    code: 0,
    out: expect.stringMatching(
      /^No new findings in 2 tables by \d+ rules; 2 findings written to b\.json\.\n$/,
    ),
  });
  const text = readFileSync(join(project.folder, 'b.json'), 'utf8');
  const accepted = await validate(project, '--baseline', 'b.json');
  expect(accepted).toMatchObject({
    code: 0,
    out: expect.stringContaining('; 2 findings accepted by b.json.\n'),
  });
  expect(readFileSync(join(project.folder, 'b.json'), 'utf8')).toBe(text);

  // One is new, and one is gone: the new one fails, and is not added.
  project.write(schema(table('a'), table('b', 'jsonb'), table('c')));
  const changed = await validate(project, '--baseline', 'b.json');
  expect(changed.code).toBe(1);
  expect(changed.out).toMatch(/^c\n/);
  expect(changed.out).toContain('; 1 finding accepted by b.json; 1 entry removed from it.\n');
  expect(baselineOf(project)).toEqual({
    version: 1,
    findings: [{ rule: 'lint/json-type', object: 'public.a.data' }],
  });
});

test('lines may move', async () => {
  using project = testProject(schema(table('a')));
  await validate(project, '--write-baseline', 'b.json');
  project.write(schema('\n\n', table('z', 'jsonb'), table('a')));
  expect((await validate(project, '--baseline', 'b.json')).code).toBe(0);
});

test('a file that exists is not replaced', async () => {
  using project = testProject({ ...schema(table('a')), 'b.json': 'precious' });
  expect(await validate(project, '--write-baseline', 'b.json')).toMatchObject({
    code: 2,
    err: expect.stringMatching(
      /^check\/baseline-exists: b\.json already exists, and entries are never added to a baseline\.\n/,
    ),
  });
  expect(readFileSync(join(project.folder, 'b.json'), 'utf8')).toBe('precious');
});

test('a finding without an object is not accepted', async () => {
  using project = testProject({
    ...schema(table('a', 'jsonb')),
    'garden.config.ts': `export default { validate: { rules: { 'lint/nothing': 'off' } } };`,
  });
  const { code, out } = await validate(project, '--write-baseline', 'b.json');
  expect(code).toBe(1);
  expect(out).toContain('check/unknown-rule');
  expect(baselineOf(project)).toEqual({ version: 1, findings: [] });
});

test('what could not be judged keeps its entries', async () => {
  using project = testProject(schema(table('a')));
  await validate(project, '--write-baseline', 'b.json');
  project.write(schema(table('a').replace(' });', ' }, () => { throw new Error("no"); });')));
  const { code, out } = await validate(project, '--baseline', 'b.json');
  expect(code).toBe(1);
  expect(out).toContain('schema/constraints-throw');
  expect(baselineOf(project)).toMatchObject({ findings: [{ object: 'public.a.data' }] });
});

test.each([
  ['none', 'does not exist'],
  ['.', 'cannot be read: EISDIR'],
])('--baseline %s: it %s', async (file, why) => {
  using project = testProject(schema(table('a')));
  expect(await validate(project, '--baseline', file)).toMatchObject({
    code: 2,
    out: '',
    err: expect.stringMatching(new RegExp(`^check/no-baseline: the baseline ${why}\\.\\n`)),
  });
});

test('a file that is no baseline: one sentence, and nothing is written', async () => {
  using project = testProject({ ...schema(table('a')), 'b.json': '{ "version": 9 }' });
  expect(await validate(project, '--baseline', 'b.json')).toMatchObject({
    code: 2,
    err: expect.stringMatching(
      /^check\/bad-baseline: the file is not a baseline: its version is 9, and this garden reads version 1\.\n {4}at {2}b\.json\n/,
    ),
  });
  expect(readFileSync(join(project.folder, 'b.json'), 'utf8')).toBe('{ "version": 9 }');
});

test('a folder that does not exist, and both options', async () => {
  using project = testProject(schema(table('a')));
  const nowhere = await validate(project, '--write-baseline', 'none/b.json');
  expect(nowhere.err).toMatch(/^check\/cannot-write-baseline: .*ENOENT\.\n/);
  const both = await validate(project, '--write-baseline', 'b.json', '--baseline', 'b.json');
  expect(both).toMatchObject({ code: 2, err: expect.stringContaining('cannot be combined') });
  expect(existsSync(join(project.folder, 'b.json'))).toBe(false);
});
