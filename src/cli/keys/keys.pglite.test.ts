import { PGlite } from '@electric-sql/pglite';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../kit/index.ts';
import { placeCipher } from '../../secrets/column-cipher.ts';
import { keysProject, PLACE, type KeysProject } from './keys-project.fixture.ts';

let project: KeysProject;
beforeAll(async () => {
  project = keysProject();
  await project.writeDatabase();
});
afterAll(() => project.remove());

const FILE = ['--file', 'keys.txt'];

/** Uses the project's database, which only one process may open. */
async function inDatabase<Result>(use: (client: PGlite) => Promise<Result>): Promise<Result> {
  const client = await PGlite.create(join(project.folder, 'own'));
  try {
    return await use(client);
  } finally {
    await client.close();
  }
}

test('an embedded database is rotated over its only connection', async () => {
  const { keys, ring } = project;
  expect(await keys(['new', ...FILE])).toMatchObject({ code: 0 });
  const rows = Array.from({ length: 5 }, () => newId());
  const cipher = placeCipher(PLACE, await ring());
  const values = rows.map((row) => `('${row}', '${cipher.encrypt(row, row)}')`);
  await inDatabase((client) => client.exec(`insert into providers values ${values.join(', ')}`));
  expect(await keys(['new', ...FILE])).toMatchObject({ code: 0 });
  const rotated = await keys(['rotate', ...FILE, '--batch', '2']);
  expect(rotated).toMatchObject({ code: 0 });
  expect(rotated.out).toContain('✓ providers.api_key  5 encrypted again');
  expect(rotated.err).toContain('providers.api_key  0 of 5');
  const now = placeCipher(PLACE, await ring());
  const found = await inDatabase((client) =>
    client.query<{ id: string; api_key: string }>('select * from providers'),
  );
  expect(found.rows.map((row) => now.decrypt(row.id, row.api_key)).toSorted()).toEqual(
    rows.toSorted(),
  );
});

test.each<[string, readonly string[], string]>([
  ['no action', [], 'cli/missing-value'],
  ['an unknown action', ['rotat'], 'cli/bad-value'],
  ['no id', ['drop'], 'cli/missing-value'],
  ['two ids', ['use', 'a', 'b'], 'cli/missing-value'],
  ['an id of rotate', ['rotate', 'a'], 'cli/unexpected-argument'],
  ['--batch of list', ['list', '--batch', '5'], 'cli/unknown-option'],
  ['--standby of rotate', ['rotate', '--standby'], 'cli/unknown-option'],
  ['a batch of 0', ['rotate', '--batch', '0', ...FILE], 'cli/bad-value'],
  ['no ring', ['rotate'], 'secrets/no-keys'],
  ['an unknown key', ['drop', '20010101-00000000', ...FILE], 'secrets/no-such-key'],
  ['an exposed variable', ['list', '--variable', 'VITE_KEYS'], 'secrets/exposed-variable'],
  ['a malformed ring', ['rotate', '--file', 'schema.ts'], 'secrets/bad-ring'],
  ['no encrypted column', ['rotate', ...FILE, '--app', 'garden'], 'secrets/no-columns'],
])('%s exits with 2', async (_, args, code) => {
  const ran = await project.keys([...args, '--json']);
  expect(ran.code).toBe(2);
  expect(JSON.parse(ran.out)).toMatchObject({ problem: { code } });
});

test('--help describes the actions', async () => {
  const { code, out } = await project.keys(['--help']);
  expect(code).toBe(0);
  for (const action of ['new', 'use ID', 'list', 'rotate', 'drop ID']) {
    expect(out).toMatch(new RegExp(`^ +${action} +\\S`, 'm'));
  }
});
