import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, expect, onTestFinished, test } from 'vitest';

const main = fileURLToPath(new URL('../main.ts', import.meta.url));
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'garden-env-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
});

const migrate = (
  own: Readonly<Record<string, string>> = {},
): Promise<{ code: unknown; err: string }> =>
  new Promise((resolve) => {
    const { DATABASE_URL: _, ...env } = process.env;
    execFile(
      process.execPath,
      [main, 'migrate', '--app', 'garden'],
      { cwd: folder, env: { ...env, ...own } },
      (error, __, err) => resolve({ code: error?.code, err }),
    );
  });

test.each([
  ['plain', 'DATABASE_URL=postgres://ada@127.0.0.1:1/here'],
  [
    'exported, quoted, with a comment',
    'export DATABASE_URL="postgres://ada@127.0.0.1:1/here" # mine',
  ],
  [
    'after a value of two lines',
    `KEY='one\nDATABASE_URL=no'\nDATABASE_URL=postgres://ada@127.0.0.1:1/here`,
  ],
])('.env is read as Node reads it: %s', async (_, text) => {
  writeFileSync(join(folder, '.env'), text);
  const { code, err } = await migrate();
  expect(err).toContain('at  ada@127.0.0.1:1/here');
  expect(code).toBe(2);
});

test('existing variables take precedence', async () => {
  writeFileSync(join(folder, '.env'), 'DATABASE_URL=postgres://ada@127.0.0.1:1/here');
  const { err } = await migrate({ DATABASE_URL: 'postgres://ada@127.0.0.1:1/there' });
  expect(err).toContain('at  ada@127.0.0.1:1/there');
});

test('an unreadable .env is reported', async () => {
  mkdirSync(join(folder, '.env'));
  const { code, err } = await migrate();
  expect(err).toMatch(
    /^cli\/env-file: \.env cannot be read: [^\n]+\n {4}at {2}\.env\n {4}fix .+\n$/,
  );
  expect(code).toBe(2);
});
