import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { createServer } from 'node:net';
import { stripVTControlCharacters } from 'node:util';
import { join } from 'node:path';
import process from 'node:process';
import { afterEach, expect, test } from 'vitest';
import { onTerminal } from '../../src/cli/generate/on-terminal.fixture.ts';
import { root, testProject, type TestProject } from '../../src/cli/generate/project.fixture.ts';
import { lockFolder } from '../../src/postgres/folder-lock.ts';
import { freePorts } from '../../src/processes/free-ports.ts';
import { sharedPostgres } from '../../src/processes/shared-postgres.fixture.ts';
import { expectProblem } from './expect-answers.ts';
import { drizzleSchema, NOTES, RIGHT } from './mistake.ts';

const started = new Set<ChildProcess>();
afterEach(() => {
  for (const child of started) child.kill('SIGKILL');
});

/** `garden` in a process of its own, to which `whenOut` may send signals. */
async function garden(
  { folder }: TestProject,
  args: readonly string[],
  options: {
    readonly env?: Readonly<Record<string, string>>;
    readonly whenOut?: (child: ChildProcess, out: string) => void;
  } = {},
) {
  const child = spawn(process.execPath, [join(root, 'src/main.ts'), ...args], {
    cwd: folder,
    env: { PATH: process.env['PATH'], ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.add(child);
  let [out, err] = ['', ''];
  child.stdout.on('data', (data: Buffer) => {
    out += String(data);
    options.whenOut?.(child, out);
  });
  child.stderr.on('data', (data: Buffer) => {
    err += String(data);
    options.whenOut?.(child, err);
  });
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  started.delete(child);
  return { code, out, err };
}

const SEEDED = {
  ...RIGHT,
  'migrations/0000_notes.sql': 'create table notes (id uuid primary key, title text);',
  'migrations/meta/_journal.json': JSON.stringify({
    dialect: 'postgresql',
    entries: [{ idx: 0, version: '7', when: 1000, tag: '0000_notes' }],
  }),
  'garden.config.ts': `export default { seed: './seed.ts' };`,
};

test('another process has the embedded database open', async () => {
  using project = testProject(SEEDED);
  expect(await garden(project, ['migrate'])).toMatchObject({ code: 0 });
  const unlock = lockFolder(join(project.folder, '.garden/pglite'));
  const ran = await garden(project, ['migrate']);
  unlock();
  expectProblem(ran, {
    code: 'database/in-use',
    place: '.garden/pglite',
    fix: 'stop that process',
  });
  expect(ran.err).toContain(`process ${process.pid}`);
});

test('a program listens on the port of garden dev', async () => {
  using project = testProject(RIGHT);
  const port = await freePorts();
  const program = createServer();
  await new Promise<void>((resolve) => program.listen(port, '127.0.0.1', resolve));
  const ran = await garden(project, ['dev', '--app', 'garden', '--port', `${port}`]);
  program.close();
  expectProblem(ran, {
    code: 'servers/port-taken',
    place: `127.0.0.1:${port}`,
    fix: 'choose another port',
  });
});

test('two starts want one port: one gets it, and the other is told so', async () => {
  using first = testProject(RIGHT);
  using second = testProject(RIGHT);
  // Root starts Postgres as another user.
  for (const { folder } of [first, second]) chmodSync(folder, 0o755);
  const port = await freePorts();
  const args = ['dev', '--app', 'garden', '--no-worker', '--port', `${port}`];
  // Only the one that has started can be told to end.
  const end = (child: ChildProcess, out: string): void => {
    if (out.includes('Ctrl-C stops everything')) winner.resolve(child);
  };
  const winner = Promise.withResolvers<ChildProcess>();
  const runs = [first, second].map((project) => garden(project, args, { whenOut: end }));
  const loser = await Promise.race(runs);
  expectProblem(loser, {
    code: 'servers/port-taken',
    place: `127.0.0.1:${port}`,
    fix: 'choose another port',
  });
  (await winner.promise).kill('SIGINT');
  const codes = (await Promise.all(runs)).map(({ code }) => code);
  expect(codes.toSorted()).toEqual([0, 2]);
}, 180_000);

test('Ctrl-C while seeding an embedded database, and a server', async () => {
  const server = await sharedPostgres();
  using project = testProject({
    ...SEEDED,
    'seed.ts': `import { sql } from 'drizzle-orm';
export default async function seed({ db, tell }) {
  tell('begun');
  for (let at = 0; at < 1e6; at += 1)
    await db.execute(sql\`insert into notes values (gen_random_uuid(), 'a')\`);
}`,
  });
  for (const env of [{}, { DATABASE_URL: await server.createDatabase() }]) {
    expect(await garden(project, ['migrate'], { env })).toMatchObject({ code: 0 });
    const ran = await garden(project, ['seed'], {
      env,
      whenOut: (child, out) => {
        if (out.endsWith('begun\n')) setTimeout(() => child.kill('SIGINT'), 100);
      },
    });
    expect(ran.err).toBe('  begun\ncli/interrupted: stopped by SIGINT. Nothing was written.\n');
    expect(ran.code).toBe(130);
  }
});

test.skipIf(process.platform !== 'linux')('Ctrl-C at the rename question', async () => {
  using project = testProject(drizzleSchema(NOTES));
  await project.generate();
  project.write(drizzleSchema(NOTES.replaceAll('title', 'name')));
  const { code, out } = await onTerminal(project, '\u0003');
  const text = stripVTControlCharacters(out).replaceAll('\r', '');
  expectProblem(
    { code, out: '', err: text.slice(text.indexOf('generate/')) },
    { code: 'generate/drizzle-kit-failed', place: project.folder, fix: 'answer the questions' },
  );
});
