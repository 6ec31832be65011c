import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { commands } from '../commands.ts';
import { recordIo } from '../record-io.fixture.ts';
import { run } from '../run.ts';

async function garden(args: readonly string[], env: Record<string, string> = {}) {
  const cwd = mkdtempSync(join(tmpdir(), 'garden-without-'));
  onTestFinished(() => rmSync(cwd, { recursive: true, force: true }));
  const io = recordIo({ cwd, env });
  return { cwd, code: await run(args, io, { commands }), err: io.err() };
}

describe.each(['queue', 'explain search', 'seed'])('garden %s', (line) => {
  const words = line.split(' ');

  test('makes no database only to find it empty', async () => {
    const { cwd, code, err } = await garden(words);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('garden migrate') });
    expect(err).toMatch(
      /^database\/no-database: [^\n]+\n {4}at {2}\.garden\/pglite\n {4}fix .+\n$/,
    );
    expect(existsSync(join(cwd, '.garden'))).toBe(false);
  });

  test('says that a server cannot be reached', async () => {
    const { code, err } = await garden(words, {
      DATABASE_URL: 'postgres://ada:secret@127.0.0.1:1/db',
    });
    expect(code).toBe(2);
    expect(err).toMatch(
      /^database\/unreachable: [^\n]+\n {4}at {2}ada@127\.0\.0\.1:1\/db\n {4}fix .+\n$/,
    );
  });
});
