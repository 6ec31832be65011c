import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { gardenMigrations } from '../../src/apps/garden/migrations-folder.ts';
import { migrate } from '../../src/migrations/index.ts';
import { startPostgres } from '../../src/processes/postgres-server.ts';

const garden = join(import.meta.dirname, '../../src/main.ts');

// Simulates Ctrl-C in a terminal: it also reaches the server, which then ends at once.
test.each([0, 20, 80, 200])(
  'Ctrl-C while seeding, with the server %i ms later, is one line and exit code 130',
  async (delay) => {
    await using server = await startPostgres();
    const url = await server.createDatabase();
    await migrate(url, { folder: gardenMigrations });
    const child = spawn(
      process.execPath,
      [garden, 'seed', '--app', 'garden', '--packages', '60000'],
      {
        env: { ...process.env, DATABASE_URL: url },
        stdio: ['ignore', 'ignore', 'pipe'],
      },
    );
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += String(chunk)));
    const ended = once(child, 'close') as Promise<[number | null]>;
    try {
      await Promise.race([copying(server.url), failed(ended)]);
      child.kill('SIGINT');
      await sleep(delay);
      process.kill(server.pid, 'SIGINT');
      const [code] = await ended;
      expect(said.split('\n').filter((line) => line.includes('stopped by'))).toHaveLength(1);
      expect(said).not.toMatch(/Error|defect|\n {4}at /);
      expect(code).toBe(130);
    } finally {
      child.kill('SIGKILL');
    }
  },
);

/** Rejects if the seed ends before that. */
async function failed(ended: Promise<[number | null]>): Promise<never> {
  const [code] = await ended;
  throw new Error(`the seed ended with ${code}`);
}

/** Waits until rows are being sent. */
async function copying(url: string): Promise<void> {
  const { default: postgres } = await import('postgres');
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  const until = Date.now() + 20_000;
  for (let found = 0; found === 0 && Date.now() < until; await sleep(5)) {
    const [row] = await sql<[{ count: number }]>`
      select count(*)::int from pg_stat_activity where query like 'copy %' and state = 'active'`;
    found = row.count;
  }
  await sql.end();
}
