import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { promptcraftApp } from '../../src/apps/promptcraft/app.ts';
import { commandsOf } from '../../src/cli/commands.ts';
import { run } from '../../src/cli/run.ts';
import { recordIo } from '../../src/command/record-io.fixture.ts';
import { supabaseStandIns } from '../../src/read/sql/supabase-stand-ins.ts';
import { blankPostgres } from '../../src/testing/blank-postgres.fixture.ts';
import { ADA, BEN } from './app-database.ts';

const MODULES = [
  '01_core_functions',
  '02_user_management',
  '03_api_management',
  '04_prompt_management',
  '05_feedback_system',
  '06_indexes_and_performance',
  '07_security_and_rls',
  '08_initial_data',
].map((name) => `supabase/schema/${name}.sql`);
const MIGRATIONS = ['000_initial_schema', '001_seed_data'].map(
  (name) => `supabase/migrations/${name}.sql`,
);

let folder: string;
let written: readonly string[];
const garden = async (...args: readonly string[]): Promise<string> => {
  const io = recordIo({ cwd: folder });
  expect(await run(args, io, { commands: commandsOf([promptcraftApp]) })).toBe(0);
  return io.out();
};
const textOf = (file: string): string => readFileSync(join(folder, file), 'utf8');
const statementsOf = (texts: readonly string[]): readonly string[] =>
  texts
    .flatMap((text) => text.split('\n\n'))
    .filter((statement) => !/^-- .*$/.test(statement.trim()))
    .map((statement) => statement.trim())
    .toSorted();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'promptcraft-sql-'));
  const printed = await garden(
    'sql',
    'promptcraft',
    '--supabase',
    '--split',
    '--out',
    '.',
    '--json',
  );
  ({ written } = JSON.parse(printed) as { written: string[] });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('--split writes the files of the first design, with a README and types', () => {
  expect(written).toEqual([
    ...MODULES,
    ...MIGRATIONS,
    'supabase/README.md',
    'src/database-types.ts',
  ]);
  const readme = textOf('supabase/README.md');
  for (const file of MODULES) expect(readme).toContain(`-f ${file}`);
});

test('the modules together have the statements of the single file, and of the migration', async () => {
  const whole = await garden('sql', 'promptcraft', '--supabase');
  const modules = MODULES.slice(0, -1).map(textOf);
  expect(statementsOf(modules).join('\n\n')).toContain('create table');
  // A foreign key to a table of a later file is added there.
  const keys = /,\n {2}constraint "fk_.*?(?=,?\n)|do \$\$[^;]*pg_constraint[\s\S]*?\$\$;/g;
  const withoutKeys = (texts: readonly string[]) =>
    statementsOf(texts.map((text) => text.replaceAll(keys, ''))).filter((one) => one !== '');
  expect(withoutKeys(modules)).toEqual(withoutKeys([whole]));
  expect(statementsOf([textOf(MIGRATIONS[0] ?? '')])).toEqual(statementsOf(modules));
  expect(textOf(MIGRATIONS[1] ?? '')).toBe(textOf(MODULES.at(-1) ?? ''));
});

describe.each([
  ['the modules', MODULES],
  ['the migrations', MIGRATIONS],
])('%s', (_, files) => {
  let client: PGlite;
  beforeAll(async () => {
    client = await blankPostgres();
    const standIns = supabaseStandIns(files.map((file) => ({ file, text: textOf(file) })));
    await client.exec(`create role anon; create role authenticated; ${standIns.sql}
grant usage on schema auth to anon, authenticated;
alter default privileges in schema public grant all on tables to anon, authenticated;
insert into auth.users (id) values ('${ADA}'), ('${BEN}')`);
    for (const _time of ['first', 'second']) {
      for (const file of files) await client.exec(textOf(file));
    }
  });
  afterAll(() => client.close());

  /** Runs a statement as a signed-in user, as PostgREST does. */
  const as = async (user: string, statement: string, roles: readonly string[] = []) => {
    const claims = JSON.stringify({ sub: user, app_metadata: { roles } });
    await client.exec(
      `select set_config('request.jwt.claims', '${claims}', false), set_config('request.jwt.claim.sub', '${user}', false); set role authenticated`,
    );
    try {
      return (await client.query<Record<string, unknown>>(statement)).rows;
    } finally {
      await client.exec('reset role');
    }
  };
  const count = async (table: string): Promise<number> =>
    (await client.query(`select from ${table}`)).rows.length;

  test('have three providers, nine frameworks and their models, once', async () => {
    expect([await count('api_providers'), await count('prompt_frameworks')]).toEqual([3, 9]);
    expect(await count('api_models')).toBe(8);
    const { rows } = await client.query(
      `select supported_models from api_providers where name = 'gemini'`,
    );
    expect(rows).toEqual([{ supported_models: ['gemini-2.5-pro', 'gemini-2.5-flash'] }]);
  });

  test('accept the statements of the first design, with its defaults, and isolate users', async () => {
    await as(
      ADA,
      `insert into user_preferences (user_id, selected_model) values ('${ADA}', 'openai')`,
    );
    expect(await as(ADA, 'select * from user_preferences')).toMatchObject([
      { selected_framework: 'roses', theme: 'dark', language: 'en', max_history_days: 30 },
    ]);
    expect(await as(BEN, 'select * from user_preferences')).toEqual([]);
    await expect(
      as(BEN, `insert into user_preferences (user_id, selected_model) values ('${ADA}', 'openai')`),
    ).rejects.toThrow(/row-level security/);
    await expect(
      as(BEN, `insert into user_preferences (user_id, selected_model) values ('${BEN}', 'other')`),
    ).rejects.toThrow(/fk_user_preferences_selected_model_api_providers/);
    await as(ADA, `insert into feedback (user_id, message) values ('${ADA}', 'Hello')`);
    await as(BEN, `update feedback set admin_response = 'Thanks'`, ['admin']);
    expect(await as(ADA, 'select admin_user_id, status from feedback')).toEqual([
      { admin_user_id: BEN, status: 'open' },
    ]);
    expect(await as(ADA, 'select message from user_notifications')).toEqual([
      { message: 'Thanks' },
    ]);
  });
});
