import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withRevision } from './checkout-revision.ts';
import { CONFIG, kit, testProject } from '../../generate/project.fixture.ts';

const schema = (rules: string, more = ''): string => `
import { boolean, text, uuid } from 'drizzle-orm/pg-core';
import { and, anyone, authenticated, defineAccess, eq, exists, id, nobody, owner, pgTable, role } from ${kit};
export const { access, claims } = defineAccess();
export const notes = pgTable('notes', {
  id: id(),
  createdBy: uuid('created_by').notNull(),
  isPublic: boolean('is_public').notNull(),
  title: text('title').notNull(),
}, (t) => [...access(t, ${rules})]).enableRLS();
${more}`;

const OLD = schema('{ read: eq(t.isPublic, true), insert: owner(t.createdBy) }');
const NEW = schema(
  `{ read: authenticated, insert: owner(t.createdBy), delete: and(authenticated, role('admin')) }`,
  `export const tags = pgTable('tags', { id: id() }, (t) => [...access(t, { read: nobody })]).enableRLS();`,
);

const project = testProject({ 'schema.ts': OLD, '.gitignore': 'node_modules\n' });
afterAll(() => project[Symbol.dispose]());

const git = (...args: readonly string[]): string =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], {
    cwd: project.folder,
    encoding: 'utf8',
  });
const commit = (files: Readonly<Record<string, string>>, tag: string): void => {
  project.write(files);
  git('add', '-A');
  git('commit', '-qm', tag);
  git('tag', tag);
};
const diff = (...args: readonly string[]) =>
  project.garden(['rules', ...(args[0]?.startsWith('--') ? [] : ['--diff']), ...args]);

beforeAll(() => {
  git('init', '-q');
  commit({}, 'old');
  commit({ 'schema.ts': 'export const notes = nothing;' }, 'broken');
  commit({ 'schema.ts': NEW }, 'new');
});
const USER = '00000000-0000-4000-8000-000000000001';
const NOTE = '00000000-0000-4000-8000-000000000002';
const ADMIN = `{"sub":"${USER}","roles":["admin"]}`;

test('--diff shows who gains and loses what, each with an example', async () => {
  const { code, out, err } = await diff('old');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out.replace(/[\d,]+ questions/, 'N questions'))
    .toBe(`The rules of the working folder, compared with old:

notes
  + read  is gained by
      a signed-in user            {"sub":"${USER}"}
      a user with the role admin  ${ADMIN}
    who reads notes {"id":"${NOTE}","is_public":false}
  + read  is gained by
      the owner (created_by)  {"sub":"${USER}"}
    who reads notes {"id":"${NOTE}","created_by":"${USER}","is_public":false}
  - read  is lost by
      anonymous  {}
    who reads notes {"id":"${NOTE}","is_public":true}
  + delete  is gained by
      a user with the role admin  ${ADMIN}
    who deletes notes {"id":"${NOTE}","is_public":true}

4 gains, 1 loss. N questions were asked about the 2 operations whose rules differ (seed 1); 6 operations have the same rules in both versions.
`);
});

test('--json is the same as data', async () => {
  const { out } = await diff('old', '--json', '--questions', '50');
  const { changes, ...rest } = JSON.parse(out) as { readonly changes: readonly object[] };
  expect(rest).toMatchObject({ version: 1, before: 'old', after: 'the working folder', seed: 1 });
  expect(changes).toHaveLength(5);
  expect(changes.at(-1)).toEqual({
    change: 'gain',
    table: 'notes',
    operation: 'delete',
    principal: {
      words: 'a user with the role admin',
      kind: 'user',
      roles: ['admin'],
      relations: [],
      lacks: [],
    },
    example: {
      claims: { sub: USER, roles: ['admin'] },
      row: { id: NOTE, is_public: true },
      others: [],
    },
  });
});

test('--markdown is for a pull request', async () => {
  const { out } = await diff('old', '--markdown', '--questions', '30');
  expect(out).toContain('| ➕ gained | notes | delete | a user with the role admin |\n');
  expect(out).toContain(
    '| ➕ gained | notes | read | a signed-in user<br>a user with the role admin |\n',
  );
  expect(out).toContain('**notes**: delete is gained\n\n```\n');
});

test('--no-gain exits with 1 if anybody gains, and with 0 if somebody only loses', async () => {
  expect(await diff('old', '--no-gain', '--questions', '30')).toMatchObject({ code: 1, err: '' });
  expect(await diff('new', '--no-gain')).toMatchObject({ code: 0, err: '' });
  project.write({
    'older/schema.ts': schema('{ read: anyone }'),
    'older/drizzle.config.ts': CONFIG,
  });
  project.write({ 'newer/schema.ts': OLD, 'newer/drizzle.config.ts': CONFIG });
  const { code, out } = await diff('newer', 'older', '--no-gain', '--questions', '30');
  expect(code).toBe(1);
  expect(out).toContain('The rules of older, compared with newer:');
  const loss = await diff('older', 'new', '--no-gain', '--questions', '20');
  expect(loss.out).toContain('+ insert  is gained by');
});

test('without a change, it says how much was asked', async () => {
  const same = await diff('new');
  expect(same.out).toContain(
    'No principal gains or loses an operation. 8 operations have the same rules',
  );
  project.write({
    'schema.ts': NEW.replace(`authenticated, role('admin')`, `role('admin'), authenticated`),
  });
  const { out } = await diff('new', '--questions', '20');
  project.write({ 'schema.ts': NEW });
  expect(out).toMatch(
    /No principal .* [\d,]+ questions were asked about the 1 operation .*\n  notes delete: \d+ questions, \d+ allowed by both, \d+ denied by both; 2 of 2 conditions both true and not true\n$/,
  );
});

describe('mistakes', () => {
  test.each<[string, readonly string[], string, string]>([
    ['an unknown revision', ['nope'], 'rules/unknown-revision', 'fetch the revision'],
    ['an option instead of a revision', ['--diff=--all'], 'rules/unknown-revision', 'branch'],
    ['a schema that does not load', ['broken'], 'rules/cannot-load-revision', 'a revision whose'],
    ['with --as', ['old', '--as', 'anonymous'], 'cli/two-modes', 'once for each'],
    ['two formats', ['old', '--json', '--markdown'], 'cli/two-modes', 'only one'],
    ['no questions', ['old', '--questions', '0'], 'cli/bad-value', '--questions 1000'],
  ])('%s', async (_, args, code, fix) => {
    const ran = await diff(...args);
    expect(ran).toMatchObject({ code: 2 });
    expect(`${ran.out}${ran.err}`).toContain(code);
    expect(`${ran.out}${ran.err}`).toContain(fix);
  });

  test('a broken schema is named by its revision', async () => {
    const { err } = await diff('broken');
    expect(err).toContain('the schema of broken cannot be loaded: schema.ts cannot be loaded');
    expect(err).toContain('broken:schema.ts:1');
  });

  test('the files of a revision are removed, also after a failure', async () => {
    let folder = '';
    const failed = withRevision(project.folder, 'old', AbortSignal.any([]), async (checkout) => {
      folder = checkout.folder;
      expect(readFileSync(join(folder, 'schema.ts'), 'utf8')).toBe(OLD);
      expect(existsSync(join(folder, 'node_modules/drizzle-orm'))).toBe(true);
      throw new Error('failed');
    });
    await expect(failed).rejects.toThrow('failed');
    expect(existsSync(folder)).toBe(false);
    expect(git('status', '--porcelain', '--untracked-files=no')).toBe('');
    expect(git('worktree', 'list').trim().split('\n')).toHaveLength(1);
  });

  test('a folder outside of a repository', async () => {
    using outside = testProject({ 'schema.ts': NEW });
    const ran = await outside.garden(['rules', '--diff', 'old']);
    expect(ran).toMatchObject({ code: 2, out: '' });
    expect(ran.err).toContain('rules/no-repository');
  });
});
