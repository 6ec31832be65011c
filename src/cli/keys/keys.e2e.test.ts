import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import postgres, { type Sql } from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../kit/index.ts';
import { sharedPostgres } from '../../processes/shared-postgres.fixture.ts';
import { placeCipher } from '../../secrets/column-cipher.ts';
import { keysProject, PLACE, TABLE, type KeysProject } from './keys-project.fixture.ts';

let project: KeysProject;
let sql: Sql;
let own: readonly string[];
beforeAll(async () => {
  project = keysProject();
  const url = await (await sharedPostgres()).createDatabase('keys');
  own = ['--database-url', url];
  sql = postgres(url, { max: 1, onnotice: () => {} });
  await sql.unsafe(TABLE);
}, 60_000);
afterAll(async () => {
  await sql.end();
  project.remove();
});

const FILE = ['--file', 'keys.txt'];

test('a key is made, used, replaced and dropped', async () => {
  const { keys, ring } = project;
  const made = await keys(['new', ...FILE]);
  expect(made).toMatchObject({ code: 0, err: '' });
  const first = (await ring()).current;
  expect(made.out).toBe(`✓ ${first} is the current key of keys.txt.\n`);
  const [, key = ''] = /^\d{8}-\w{8}:(.*)$/m.exec(readFileSync(project.ringFile, 'utf8')) ?? [];
  expect(key).toHaveLength(43);
  expect(made.out).not.toContain(key);

  const rows = Array.from({ length: 3 }, () => newId());
  const cipher = placeCipher(PLACE, await ring());
  for (const row of rows) {
    await sql`insert into providers values (${row}, ${cipher.encrypt(row, row)})`;
  }

  const standby = await keys(['new', '--standby', ...FILE, '--json']);
  const { id: second } = JSON.parse(standby.out) as { id: string };
  expect(JSON.parse(standby.out)).toEqual({ id: second, file: 'keys.txt', current: false });
  expect((await ring()).current).toBe(first);
  expect(await keys(['use', second, ...FILE])).toMatchObject({ code: 0 });
  expect((await ring()).current).toBe(second);

  const refused = await keys(['drop', first, ...FILE, ...own]);
  expect(refused).toMatchObject({ code: 1, out: '' });
  expect(refused.err).toContain(`secrets/key-in-use: 3 values use the key ${first}.`);
  expect(refused.err).toContain('providers.api_key: 3');
  const listed = await keys(['list', ...FILE, ...own]);
  expect(listed.code).toBe(0);
  expect(listed.out).toMatch(
    new RegExp(`${second}  current +0\n  ${first}  old +3  providers.api_key 3\n$`),
  );

  const rotated = await keys(['rotate', ...FILE, '--batch', '2', '--json', ...own]);
  expect(rotated).toMatchObject({ code: 0, err: '' });
  expect(JSON.parse(rotated.out)).toEqual({
    database: expect.stringContaining('/keys'),
    key: second,
    columns: [{ column: 'providers.api_key', written: 3, busy: 0, unreadable: 0, examples: [] }],
  });
  const again = await keys(['rotate', ...FILE, ...own]);
  expect(again.out).toContain('✓ providers.api_key  0 encrypted again');
  expect(await keys(['drop', second, ...FILE, ...own])).toMatchObject({ code: 1 });
  const dropped = await keys(['drop', first, ...FILE, ...own]);
  expect(dropped).toMatchObject({ code: 0, err: '' });
  expect([...(await ring()).keys.keys()]).toEqual([second]);
  const { keys: uses } = JSON.parse((await keys(['list', ...FILE, '--json', ...own])).out) as {
    keys: unknown;
  };
  expect(uses).toEqual([
    {
      id: second,
      state: 'current',
      values: 3,
      columns: [{ column: 'providers.api_key', values: 3 }],
    },
  ]);
  const now = placeCipher(PLACE, await ring());
  const found = await sql<{ id: string; api_key: string }[]>`select * from providers`;
  expect(found.map((row) => now.decrypt(row.id, row.api_key)).toSorted()).toEqual(rows.toSorted());
});

test('a value whose key is missing fails list and rotate', async () => {
  const { keys } = project;
  const others = join(project.folder, 'others.txt');
  expect(await keys(['new', '--file', others])).toMatchObject({ code: 0 });
  const listed = await keys(['list', '--file', others, ...own]);
  expect(listed.code).toBe(1);
  expect(listed.out).toMatch(/missing +3/);
  const rotated = await keys(['rotate', '--file', others, ...own]);
  expect(rotated.code).toBe(1);
  expect(rotated.out).toContain('3 cannot be decrypted, and are unchanged:');
  expect(rotated.out).toContain('unknown-key');
});

test('without a file a key is printed, and the variable is not changed', async () => {
  const { keys } = project;
  const { code, out, err } = await keys(['new']);
  expect([code, err]).toEqual([0, expect.stringContaining('Put it first in GARDEN_KEYS')]);
  const env = { GARDEN_KEYS: out.trim() };
  expect((await keys(['list', ...own], env)).out).toContain('Keys of $GARDEN_KEYS');
  const [id = ''] = out.split(':');
  for (const action of ['use', 'drop']) {
    const refused = await keys([action, id, ...own], env);
    expect(refused).toMatchObject({ code: 2, out: '' });
    expect(refused.err).toContain('secrets/not-a-file');
  }
});

test('a project names its key management service', async () => {
  writeFileSync(
    join(project.folder, 'kms.ts'),
    `const flip = async (key: Uint8Array) => key.map((byte) => byte ^ 255);
export default { wrap: flip, unwrap: flip };`,
  );
  writeFileSync(join(project.folder, 'garden.config.ts'), `export default { kms: './kms.ts' };`);
  const { keys } = project;
  expect(await keys(['new', '--file', 'wrapped.txt'])).toMatchObject({ code: 0 });
  expect(readFileSync(join(project.folder, 'wrapped.txt'), 'utf8')).toContain(':kms:');
  const rotated = await keys(['rotate', '--file', 'wrapped.txt', ...own]);
  expect(rotated.out).toContain('3 cannot be decrypted');
  writeFileSync(join(project.folder, 'kms.ts'), 'export default 7;');
  const refused = await keys(['rotate', '--file', 'wrapped.txt', ...own]);
  expect([refused.code, refused.err]).toEqual([2, expect.stringContaining('secrets/no-kms')]);
});
