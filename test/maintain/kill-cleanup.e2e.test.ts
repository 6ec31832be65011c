import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import { expect, test } from 'vitest';
import { cleanUpDatabase } from '../../src/ops.ts';
import { sharedPostgres } from '../../src/processes/shared-postgres.fixture.ts';
import { install } from '../kit/install.ts';
import { archivedNumbers, folderOf, logs } from './killed-tables.fixture.ts';

const ROWS = 60_000;
const EXPIRED = 45_000;

test('a cleanup that is killed at random moments loses and doubles nothing', async () => {
  const url = await (await sharedPostgres()).createDatabase();
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  const archive = mkdtempSync(join(tmpdir(), 'garden-archive-'));
  let child: ChildProcess | undefined;
  try {
    await install({ exec: (text: string) => sql.unsafe(text).simple() } as never, { logs });
    await sql.unsafe(`insert into logs select gen_random_uuid(), now() - case when n <= ${EXPIRED} then interval '2 days' else interval '1 hour' end - n * interval '1 millisecond', n
      from generate_series(1, ${ROWS}) n; analyze logs`);
    let kills = 0;
    let halfDone = 0;
    for (let run = 0; run < 40 && (kills < 8 || halfDone === 0); run += 1) {
      child = fork(join(import.meta.dirname, 'clean-up-process.ts'), [url, archive]);
      const ended = once(child, 'exit') as Promise<[number | null, string | null]>;
      const before = await count(sql);
      const started = await Promise.race([ended, firstDelete(sql, before)]);
      if (Array.isArray(started) && started[0] === 0) break;
      await Promise.race([ended, sleep(Math.random() * 120)]);
      child.kill('SIGKILL');
      const [code] = await ended;
      if (code === 0) break;
      kills += 1;
      if (existsSync(join(folderOf(archive), 'pending.json'))) halfDone += 1;
    }
    await cleanUpDatabase(url, { logs }, { archive, pause: 0 });

    expect(kills).toBeGreaterThan(2);
    // Some kills were between the deletion and the end of the batch.
    expect(halfDone).toBeGreaterThan(0);
    const left = await sql<{ number: number }[]>`select number from logs`;
    const archived = archivedNumbers(archive);
    expect(archived).toHaveLength(EXPIRED);
    const all = [...archived, ...left.map(({ number }) => number)].toSorted((a, b) => a - b);
    expect(all).toEqual(Array.from({ length: ROWS }, (_, at) => at + 1));
    expect(existsSync(join(folderOf(archive), 'pending.json'))).toBe(false);
  } finally {
    child?.kill('SIGKILL');
    await sql.end();
    rmSync(archive, { recursive: true, force: true });
  }
}, 180_000);

const count = async (sql: postgres.Sql): Promise<number> =>
  (await sql<{ n: number }[]>`select count(*)::int as n from logs`)[0]?.n ?? 0;

/** Waits until the process deletes, so that it is not killed while it still loads. */
async function firstDelete(sql: postgres.Sql, before: number): Promise<void> {
  for (let tries = 0; tries < 1000 && (await count(sql)) >= before; tries += 1) await sleep(5);
}
