import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { root, testProject } from './cli/generate/project.fixture.ts';

test.each(['stdout', 'stderr'] as const)(
  'who stops reading %s changes no exit code',
  async (name) => {
    using project = testProject({
      'schema.ts': `import { bigint, pgTable } from 'drizzle-orm/pg-core';
export const notes = pgTable('notes', { id: bigint({ mode: 'bigint' }).primaryKey() });`,
    });
    const child = spawn(process.execPath, [join(root, 'src/main.ts'), 'generate', 'zero'], {
      cwd: project.folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child[name].destroy();
    const [code] = (await once(child, 'exit')) as [number];
    expect(code).toBe(0);
  },
);

// A stopped server with a full backlog: Linux does not answer further connections.
test.runIf(process.platform === 'linux')(
  'Ctrl-C does not wait for a connection without an answer',
  async () => {
    const listen = `require('node:net').createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 },
      function () { process.send(this.address().port); })`;
    const server = spawn(process.execPath, ['-e', listen], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const filling: Socket[] = [];
    let child: ChildProcess | undefined;
    try {
      const [port] = (await once(server, 'message')) as [number];
      server.kill('SIGSTOP');
      for (let at = 0; at < 8; at += 1)
        filling.push(connect(port, '127.0.0.1').on('error', () => {}));
      const env = {
        PATH: process.env['PATH'],
        DATABASE_URL: `postgres://ada@127.0.0.1:${port}/db?connect_timeout=3600`,
      };
      child = spawn(process.execPath, [join(root, 'src/main.ts'), 'queue'], {
        env,
        stdio: 'ignore',
      });
      await sleep(2000);
      expect(child.exitCode, 'it waits').toBe(null);
      child.kill('SIGINT');
      const [code] = (await once(child, 'exit')) as [number];
      expect(code).toBe(130);
    } finally {
      for (const socket of filling) socket.destroy();
      child?.kill('SIGKILL');
      server.kill('SIGKILL');
    }
  },
  20_000,
);
