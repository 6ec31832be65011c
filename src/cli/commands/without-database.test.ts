import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { ProblemError } from '../../report/problem.ts';
import { commandsOf } from '../commands.ts';
import { gardenApp } from '../../apps/garden/app.ts';
import { recordIo } from '../../command/record-io.fixture.ts';
import { run } from '../run.ts';
import { deadPort } from '../../processes/dead-port.fixture.ts';

async function garden(
  args: readonly string[],
  env: Record<string, string> = {},
  signal = new AbortController().signal,
) {
  const cwd = mkdtempSync(join(tmpdir(), 'garden-without-'));
  onTestFinished(() => rmSync(cwd, { recursive: true, force: true }));
  const io = recordIo({ cwd, env });
  return {
    cwd,
    code: await run(args, io, { commands: commandsOf([gardenApp]), signal }),
    err: io.err(),
  };
}

const lines = [
  'queue',
  'explain search --app garden',
  'seed --app garden',
  'rules --why tags 1 --as anonymous --app garden',
];

test.each(lines)('garden %s does not create an empty database', async (line) => {
  const { cwd, code, err } = await garden(line.split(' '));
  expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('garden migrate') });
  expect(err).toMatch(/^database\/no-database: [^\n]+\n {4}at {2}\.garden\/pglite\n {4}fix .+\n$/);
  expect(existsSync(join(cwd, '.garden'))).toBe(false);
});

test('garden migrate creates no database if the migrations are missing', async () => {
  const { cwd, code, err } = await garden(['migrate', '--folder', 'nowhere']);
  expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('migrate/no-folder') });
  expect(existsSync(join(cwd, '.garden'))).toBe(false);
});

const server = [...lines, 'worker --once'];

const at = (port: number, timeout = 1): Record<string, string> => ({
  DATABASE_URL: `postgres://ada:secret@127.0.0.1:${port}/db?connect_timeout=${timeout}`,
  NPM_REGISTRY_URL: 'http://127.0.0.1:1',
});

async function unreachable(line: string, port: number): Promise<void> {
  const { code, err } = await garden(line.split(' '), at(port));
  expect({ line, code }).toEqual({ line, code: 2 });
  expect(err.replace(`:${port}/`, ':PORT/')).toMatch(
    /^database\/unreachable: [^\n]+\n {4}at {2}ada@127\.0\.0\.1:PORT\/db\n {4}fix .+\n$/,
  );
}

test.each(server)('garden %s says that a server cannot be reached', (line) => unreachable(line, 1));

test('a server that closes every connection causes a timeout', async () => {
  await using dead = await deadPort('hangs up');
  await Promise.all(server.map((line) => unreachable(line, dead.port)));
});

test.each([0, 200])('Ctrl-C after %i ms ends the wait for a server that is silent', async (ms) => {
  await using dead = await deadPort('is silent');
  const stop = new AbortController();
  const runs = server.map((line) => garden(line.split(' '), at(dead.port, 3600), stop.signal));
  await sleep(ms);
  stop.abort(new ProblemError({ code: 'cli/interrupted', message: 'stopped.', fix: 'again.' }));
  const codes = (await Promise.all(runs)).map(({ code }) => code);
  expect(codes).toEqual(server.map(() => 130));
});
