import { afterAll, describe, expect, test } from 'vitest';
import { ACME, ANN, BUG, id, teamProject } from './team-project.fixture.ts';

const project = teamProject();
afterAll(() => project[Symbol.dispose]());

const rules = (...args: readonly string[]) => project.garden(['rules', ...args]);

test('garden rules prints who may do what, without a database', async () => {
  const { code, out, err } = await rules();
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toBe(`comments
  read           a row of issues that the user may read exists with id = comments.issue_id
  insert         nobody
  update         nobody
  delete         the user has the role admin
                 and the user may read the row
  never changed  id

issues
  read           any of:
                 - the user has the role admin
                 - the row's is_public is true
                 - a row of members exists with organisation_id = issues.organisation_id, whose
                   user_id is the user
  insert         the user has the role admin or the row's created_by is the user
  update         before: all of:
                         - any of:
                           - the user has the role admin
                           - the row's is_public is true
                           - a row of members exists with organisation_id = issues.organisation_id,
                             whose user_id is the user
                         - the row's created_by is the user
                 after:  all of:
                         - any of:
                           - the user has the role admin
                           - the row's is_public is true
                           - a row of members exists with organisation_id = issues.organisation_id,
                             whose user_id is the user
                         - the user does not have the role guest
  delete         the user has the role admin
  never changed  id, organisation_id, created_by
  server-only    token

members
  read           the row's user_id is the user
  insert         all of:
                 - the row's user_id is the user
                 - a row of members exists with organisation_id = the row's organisation_id, whose
                   user_id is the user
  update         nobody
  delete         nobody
  never changed  organisation_id, user_id

Without rules, so closed to everyone: audit
`);
  expect(Math.max(...out.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(100);
});

test('--as shows what depends on the row for one principal', async () => {
  const { out } = await rules('--as', `{ "sub": "${ANN}", "roles": [] }`);
  expect(out).toBe(`For {"sub":"${ANN}","roles":[]}:

           read     insert   update   delete
comments   depends  never    never    never
issues     depends  depends  depends  never
members    depends  depends  never    never
audit      never    never    never    never

comments
  read           a row of issues exists with id = comments.issue_id, for which any of:
                 - its is_public is true
                 - a row of members exists with organisation_id = issues.organisation_id, whose
                   user_id is ${ANN}

issues
  read           any of:
                 - the row's is_public is true
                 - a row of members exists with organisation_id = issues.organisation_id, whose
                   user_id is ${ANN}
  insert         the row's created_by is ${ANN}
  update         before: all of:
                         - any of:
                           - the row's is_public is true
                           - a row of members exists with organisation_id = issues.organisation_id,
                             whose user_id is ${ANN}
                         - the row's created_by is ${ANN}
                 after:  any of:
                         - the row's is_public is true
                         - a row of members exists with organisation_id = issues.organisation_id,
                           whose user_id is ${ANN}

members
  read           the row's user_id is ${ANN}
  insert         all of:
                 - the row's user_id is ${ANN}
                 - a row of members exists with organisation_id = the row's organisation_id, whose
                   user_id is ${ANN}

Without rules, so closed to everyone: audit
`);
});

test('--as of an administrator and of anonymous, for one table', async () => {
  const admin = await rules('issues', '--as', `{ "sub": "${ANN}", "roles": ["admin"] }`);
  expect(admin.out).toContain(`
  read           always
  insert         always
  update         before: the row's created_by is ${ANN}
                 after:  always
  delete         always
`);
  const anonymous = await rules('issues', '--as', 'anonymous');
  expect(anonymous.out).toBe(`For a principal without claims:

issues
  read           the row's is_public is true
  insert         never
  update         never
  delete         never
  never changed  id, organisation_id, created_by
  server-only    token
`);
});

test('--json is the same as data', async () => {
  const { out } = await rules('issues', '--json', '--as', '{ "roles": ["guest"] }');
  expect(JSON.parse(out)).toMatchObject({
    version: 1,
    claims: { roles: ['guest'] },
    tables: [
      {
        table: 'issues',
        operations: {
          read: { verdict: 'depends', before: { words: "the row's is_public is true" } },
          insert: { verdict: 'never', after: { words: 'nobody', rule: { op: 'nobody' } } },
        },
        immutable: ['id', 'organisation_id', 'created_by'],
        serverOnly: ['token'],
      },
    ],
    withoutRules: [],
  });
  expect(JSON.parse((await rules('audit', '--json')).out)).toEqual({
    version: 1,
    tables: [],
    withoutRules: ['audit'],
  });
});

test('colours appear only if they are wanted', async () => {
  const plain = await rules('--as', 'anonymous');
  expect(plain.out).not.toContain('\u001b');
  const coloured = await project.garden(['rules', '--as', 'anonymous'], { FORCE_COLOR: '1' });
  expect(coloured.out).toContain('\u001b[31mnever    \u001b[39m');
});

test('--app garden shows the rules of the garden', async () => {
  const { code, out } = await rules('tags', '--app', 'garden');
  expect({ code, out }).toEqual({
    code: 0,
    out: `tags
  read           the row's deleted_at is NULL or the user has the role admin
  insert         the user has the role admin
  update         the user has the role admin
  delete         nobody
  never changed  id, created_at
`,
  });
});

describe('mistakes', () => {
  test.each<[string, readonly string[], string, string]>([
    ['a misspelt table', ['isues'], 'rules/unknown-table', 'issues?'],
    ['an unknown table', ['zzz'], 'rules/unknown-table', 'comments'],
    ['claims that are not JSON', ['--as', 'ann'], 'cli/bad-value', '--as anonymous'],
    ['claims that are no object', ['--as', '["ann"]'], 'cli/bad-value', '--as anonymous'],
    ['a misspelt claim', ['--as', '{"role":["admin"]}'], 'cli/bad-value', 'roles?'],
    [
      'a misspelt nested claim',
      ['--as', `{"app_metadata":{"organisation":["${ACME}"]}}`],
      'cli/bad-value',
      'app_metadata.organisations?',
    ],
    ['a malformed claim', ['--as', '{"sub":"ann"}'], 'cli/bad-value', 'leave the claim out'],
    ['a malformed list', ['--as', '{"roles":"admin"}'], 'cli/bad-value', '["text"]'],
    [
      '--why without an ID',
      ['--why', 'issues', '--as', 'anonymous'],
      'cli/missing-value',
      'notes 42',
    ],
    ['--why without a principal', ['--why', 'issues', BUG], 'cli/missing-value', '--as'],
    [
      '--why of a table without rules',
      ['--why', 'audit', id(1), '--as', 'anonymous'],
      'rules/without-rules',
      'access(t',
    ],
    [
      '--why without the whole key',
      ['--why', 'members', ANN, '--as', 'anonymous'],
      'cli/bad-value',
      `--why members '{ "organisation_id": "…", "user_id": "…" }'`,
    ],
    [
      '--why with a part of the key',
      ['--why', 'members', `{ "user_id": "${ANN}" }`, '--as', 'anonymous'],
      'cli/bad-value',
      '"organisation_id": "…"',
    ],
    [
      '--why with a misspelt column',
      ['--why', 'members', `{ "user_ids": "${ANN}" }`, '--as', 'anonymous'],
      'cli/bad-value',
      'user_id?',
    ],
  ])('%s', async (_, args, code, fix) => {
    const ran = await rules(...args);
    expect(ran).toMatchObject({ code: 2, out: '' });
    expect(ran.err).toMatch(new RegExp(`^${code}: .*\\.\n    at .*\n`));
    expect(ran.err.split('\n    fix ')[1]).toContain(fix);
  });

  test('a claim of the token that no rule reads is accepted', async () => {
    const claims = `{ "sub": "${ANN}", "iss": "https://id.example.com", "email": "ann@example.com" }`;
    expect(await rules('issues', '--as', claims)).toMatchObject({ code: 0, err: '' });
  });
});

test('--as takes the name of a principal, or its beginning', async () => {
  using named = teamProject();
  named.write({
    'garden.config.ts': `export default { dev: { principals: {
      'Ann, member': { sub: '${ANN}', roles: [] }, 'Anna': { roles: ['admin'] }, 'Anonymous': { roles: ['x'] },
    } } };`,
  });
  const as = async (who: string) => (await named.garden(['rules', 'audit', '--as', who])).out;
  expect(await as('Ann, member')).toContain(`For {"sub":"${ANN}","roles":[]}:`);
  expect(await as('ann,')).toContain(`For {"sub":"${ANN}","roles":[]}:`);
  expect(await as('Anna')).toContain('For {"roles":["admin"]}:');
  expect(await as('anonymous')).toContain('For a principal without claims:');
  const { code, err } = await named.garden(['rules', '--as', 'ann']);
  expect(code).toBe(2);
  expect(err).toMatch(
    /cli\/bad-value: --as is neither JSON, .*\n.*\n.*--as "Ann, member", or --as "Anna"/,
  );
});
