import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { CommandContext } from '../../command/command.ts';
import { lockFolder } from '../../postgres/folder-lock.ts';
import { chooseWithDev } from './running-database.ts';
import { writeStatus } from './status-file.ts';

const PROJECT = { kind: 'project', folder: '', migrations: '', database: undefined } as const;

interface Choices {
  readonly env?: Readonly<Record<string, string>>;
  readonly options?: Readonly<Record<string, string>>;
  /** Absent while garden dev starts. */
  readonly databaseUrl?: string;
  readonly embedded?: boolean;
}

/** The choice beside a running `garden dev`: this process holds its lock. */
async function choose({ env = {}, options = {}, databaseUrl, embedded = true }: Choices) {
  const cwd = mkdtempSync(join(tmpdir(), 'garden-running-'));
  onTestFinished(() => rmSync(cwd, { recursive: true }));
  const folder = join(cwd, '.garden/project');
  mkdirSync(folder, { recursive: true });
  onTestFinished(lockFolder(folder));
  writeFileSync(join(folder, 'postgres.password'), 'p@ss');
  if (databaseUrl !== undefined) {
    await writeStatus(folder, { url: '', signInUrl: '', cacheUrls: [], databaseUrl, embedded });
  }
  const context = { io: { cwd, env }, text: (name: string) => options[name] };
  return chooseWithDev(context as never as CommandContext, PROJECT);
}

const RUNNING = 'postgres://postgres:***@127.0.0.1:5433/postgres';

test('without a URL, it is the database of garden dev', async () => {
  expect(await choose({ databaseUrl: RUNNING })).toEqual({
    kind: 'url',
    url: 'postgres://postgres:p%40ss@127.0.0.1:5433/postgres',
    place: 'the database of garden dev, on port 5433',
  });
});

test.each<[string, Choices]>([
  ['a variable', { env: { DATABASE_URL: 'postgres://a:1/b' } }],
  ['an option', { options: { 'database-url': 'postgres://a:1/b' } }],
])('%s has priority', async (_, choices) => {
  const found = await choose({ databaseUrl: RUNNING, ...choices });
  expect(found).toMatchObject({ kind: 'url', url: 'postgres://a:1/b' });
});

test('a garden dev that starts, or that uses another database, is reported', async () => {
  await expect(choose({})).rejects.toMatchObject({ problem: { code: 'dev/still-starting' } });
  await expect(choose({ databaseUrl: RUNNING, embedded: false })).rejects.toMatchObject({
    problem: { code: 'dev/own-database', fix: 'pass the same --database-url.' },
  });
});
