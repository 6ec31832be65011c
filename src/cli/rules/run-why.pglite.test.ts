import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TestProject } from '../generate/project.fixture.ts';
import type { ExplainedOperation } from '../../guard/why/explain-row.ts';
import {
  ACME,
  ANN,
  BEN,
  BUG,
  id,
  inDatabase,
  migratedProject,
  ROWS,
} from './team-project.fixture.ts';

let project: TestProject;
beforeAll(async () => {
  project = await migratedProject();
  await inDatabase(project, (client) => client.exec(ROWS));
});
afterAll(() => project[Symbol.dispose]());

const why = (table: string, key: string, claims: object | 'anonymous', ...more: string[]) => {
  const as = claims === 'anonymous' ? claims : JSON.stringify(claims);
  return project.garden(['rules', '--why', table, key, '--as', as, ...more]);
};

type Explained = ExplainedOperation & { readonly decidedBy: readonly string[] };

async function explain(...args: Parameters<typeof why>): Promise<readonly Explained[]> {
  const [table, key, claims] = args;
  const { code, out, err } = await why(table, key, claims, '--json');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return (JSON.parse(out) as { operations: readonly Explained[] }).operations;
}

const verdicts = (operations: readonly Explained[]) =>
  Object.fromEntries(
    operations.map(({ operation, rulesSay, policiesSay, guardSays }) => [
      operation,
      [rulesSay, policiesSay, guardSays].map(({ allows }) => allows),
    ]),
  );

const MEMBER = 'a row of members exists with organisation_id = issues.organisation_id';

test('--why prints the parts, the one that decides, and the verdicts', async () => {
  const { code, out, err } = await why('issues', BUG, { sub: ANN });
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toBe(`For {"sub":"${ANN}"}:
issues with id = ${BUG} in an embedded Postgres (PGlite) in data

read
  rules     allow      the rules are true
  policies  allow      no policy refuses it
  guard     allow      the rule read allows it
  rule read
    true     any of
    ├─ unknown  the user has the role admin
    ├─ false    the row's is_public is true
    └─ true     a row of members exists with organisation_id = issues.organisation_id ← decides
                1 joined row, of which:
                └─ 1 meets: its user_id is the user

insert
  rules     allow      the rules are true
  policies  allow      no rule, but a NOT NULL column refuses it
  guard     allow      no rule refuses it
  rule insert
    true     any of
    ├─ unknown  the user has the role admin
    └─ true     the row's created_by is the user ← decides

update
  rules     deny       the rule update.to is unknown
  policies  deny       a policy refuses the row
  guard     deny       the rule update.to refuses it
  The row was left unchanged; another new row may meet update.to.
  rule update.from
    true     all of
    ├─ true     any of
    │  ├─ unknown  the user has the role admin
    │  ├─ false    the row's is_public is true
    │  └─ true     a row of members exists with organisation_id = issues.organisation_id ← decides
    │              1 joined row, of which:
    │              └─ 1 meets: its user_id is the user
    └─ true     the row's created_by is the user ← decides
  rule update.to
    unknown  all of
    ├─ true     any of
    │  ├─ unknown  the user has the role admin
    │  ├─ false    the row's is_public is true
    │  └─ true     a row of members exists with organisation_id = issues.organisation_id
    │              1 joined row, of which:
    │              └─ 1 meets: its user_id is the user
    └─ unknown  the user does not have the role guest ← decides

delete
  rules     deny       the rule delete is unknown
  policies  deny       the policies hide the row
  guard     deny       the rule delete refuses it
  rule delete
    unknown  the user has the role admin ← decides
`);
});

test('every verdict is the same for members, administrators and strangers', async () => {
  const all = {
    read: [true, true, true],
    insert: [true, true, true],
    update: [true, true, true],
    delete: [true, true, true],
  };
  const none = {
    read: [false, false, false],
    insert: [false, false, false],
    update: [false, false, false],
    delete: [false, false, false],
  };
  expect(verdicts(await explain('issues', BUG, { sub: ANN, roles: ['admin'] }))).toEqual(all);
  expect(verdicts(await explain('issues', BUG, { sub: BEN, roles: [] }))).toEqual(none);
  expect(verdicts(await explain('issues', BUG, 'anonymous'))).toEqual(none);
  expect(verdicts(await explain('issues', BUG, { sub: ANN, roles: [] }))).toEqual({
    ...all,
    delete: [false, false, false],
  });
});

test('the innermost parts decide', async () => {
  const [read, , update] = await explain('issues', BUG, { sub: BEN, roles: ['guest'] });
  expect(read?.decidedBy).toEqual([
    'the user has the role admin',
    "the row's is_public is true",
    MEMBER,
  ]);
  // Of a false `all of`, the first false part decides.
  expect(update?.decidedBy).toEqual(read?.decidedBy);
});

test('a row cannot authorize its own insert, and the key may have several columns', async () => {
  const key = JSON.stringify({ organisation_id: ACME, user_id: ANN });
  const operations = await explain('members', key, { sub: ANN });
  expect(verdicts(operations)).toEqual({
    read: [true, true, true],
    insert: [false, false, false],
    update: [false, false, false],
    delete: [false, false, false],
  });
  expect(operations[1]?.rules[0]?.trace.parts[1]).toMatchObject({
    truth: 'false',
    decides: true,
    joined: { count: 0 },
  });
});

test('the table may also be the argument', async () => {
  const args = ['--as', `{ "sub": "${ANN}" }`];
  const ran = await project.garden(['rules', 'issues', '--why', BUG, ...args]);
  expect(ran).toEqual(await project.garden(['rules', '--why', 'issues', BUG, ...args]));
});

test('rules of another table are explained too', async () => {
  const { out } = await why('comments', id(200), { sub: ANN });
  expect(out).toContain(`
    true     a row of issues that the user may read exists with id = comments.issue_id ← decides
             1 joined row, of which:
             └─ 1 meets: any of
                ├─ 0 meet: the user has the role admin
                ├─ 0 meet: its is_public is true
                └─ 1 meets: a row of members exists with organisation_id = issues.organisation_id
                   └─ 1 meets: its user_id is the user
`);
  // An administrator may delete only rows that the rule for read allows.
  expect(out).toContain(`
  rule delete
    unknown  the user has the role admin ← decides
  rule read  true, see above
`);
});

test('an allowed insert of an unreadable row is said to fail through Zero', async () => {
  await inDatabase(project, (client) =>
    client.exec(
      `insert into issues values ('${id(101)}', '${id(20)}', '${ANN}', false, null, 't')`,
    ),
  );
  const { out } = await why('issues', id(101), { sub: ANN, roles: [] });
  expect(out).toContain('  The new row is not readable: Zero and RETURNING refuse the insert.\n');
});

test('nothing is written', async () => {
  const rows = () =>
    inDatabase(project, async (client) => {
      const query = 'select issues.*::text, xmin::text, ctid::text from issues order by id';
      return (await client.query(query)).rows;
    });
  const before = await rows();
  await explain('issues', BUG, { sub: ANN, roles: ['admin'] });
  await explain('comments', id(200), { sub: ANN, roles: ['admin'] });
  expect(await rows()).toEqual(before);
});

describe('policies that differ from the rules', () => {
  test('are a disagreement, and exit code 1', async () => {
    await inDatabase(project, (client) =>
      client.exec('alter policy access_read on issues using (true)'),
    );
    const { code, out } = await why('issues', BUG, { sub: BEN, roles: [] });
    expect(code).toBe(1);
    expect(out).toContain(`
read
  DISAGREEMENT: rules deny, policies allow, guard deny.
  The policies of this database differ from the rules in the schema. Run
  \`garden generate\` and \`garden migrate\`. If they still differ, report it as a bug.
  rules     deny       the rule read is false
  policies  allow      no policy refuses it
  guard     deny       the rule read hides the row
`);
  });
});

describe('mistakes', () => {
  test.each<[string, string, string, string]>([
    ['a row that does not exist', 'issues', id(999), 'rules/no-row'],
    ['an ID of another type', 'issues', '42', 'cli/bad-value'],
    ['a misspelt table', 'isue', BUG, 'rules/unknown-table'],
  ])('%s', async (_, table, key, problem) => {
    const ran = await why(table, key, 'anonymous');
    expect(ran).toMatchObject({ code: 2, out: '' });
    expect(ran.err).toMatch(new RegExp(`^${problem}: .*\\.\n    at  schema\\.ts:\\d+  issues\n`));
  });

  test('a missing row names the database', async () => {
    const { err } = await why('issues', id(999), 'anonymous');
    expect(err).toContain('\n    at  an embedded Postgres (PGlite) in data\n');
  });

  test('a database without the tables', async () => {
    await inDatabase(project, (client) => client.exec('drop table members cascade'));
    const older = await why('issues', BUG, 'anonymous');
    expect(older).toMatchObject({ code: 2 });
    expect(older.err).toMatch(/^database\/not-migrated: .*members.*\n.*garden migrate/);
  });
});
