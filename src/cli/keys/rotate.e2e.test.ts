import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import postgres, { type Sql } from 'postgres';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { newId } from '../../kit/index.ts';
import { sharedPostgres } from '../../processes/shared-postgres.fixture.ts';
import { placeCipher } from '../../secrets/column-cipher.ts';
import type { KeyRing } from '../../secrets/key-ring.ts';
import { keysProject, PLACE, TABLE, type KeysProject } from './keys-project.fixture.ts';

// Rotation on a real server: several processes, locks and killed processes.

let project: KeysProject;
let sql: Sql;
let url: string;
beforeAll(async () => {
  project = keysProject();
  url = await (await sharedPostgres()).createDatabase('rotation');
  sql = postgres(url, { max: 4, onnotice: () => {} });
  await sql.unsafe(TABLE);
}, 60_000);
beforeEach(() => sql`truncate providers`);
afterAll(async () => {
  await sql.end();
  project.remove();
});

const FILE = ['--file', 'keys.txt'];
const rotateArgs = (...more: readonly string[]): readonly string[] => [
  ...['rotate', ...FILE, '--database-url', url],
  ...more,
];

/** Makes a key, inserts rows with it, and makes another one. */
async function plant(count: number): Promise<ReadonlyMap<string, string>> {
  await project.keys(['new', ...FILE]);
  const cipher = placeCipher(PLACE, await project.ring());
  const texts = new Map(Array.from({ length: count }, (_, at) => [newId(), `secret ${at}`]));
  const rows = [...texts].map(([id, plain]) => ({ id, api_key: cipher.encrypt(id, plain) }));
  for (let at = 0; at < count; at += 5000) {
    await sql`insert into providers ${sql(rows.slice(at, at + 5000))}`;
  }
  await project.keys(['new', ...FILE]);
  return texts;
}

interface State {
  readonly texts: ReadonlyMap<string, string>;
  readonly withCurrent: number;
}

async function readState(ring: KeyRing): Promise<State> {
  const cipher = placeCipher(PLACE, ring);
  const rows = await sql<{ id: string; api_key: string }[]>`select id, api_key from providers`;
  return {
    texts: new Map(rows.map((row) => [row.id, cipher.decrypt(row.id, row.api_key)])),
    withCurrent: rows.filter((row) => row.api_key.includes(ring.current)).length,
  };
}

const sorted = (texts: ReadonlyMap<string, string>): unknown => [...texts].toSorted();

/** A rotation in a process of its own. */
function spawnRotation(...more: readonly string[]) {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, '../../main.ts'), 'keys', ...rotateArgs(...more)],
    { cwd: project.folder, stdio: 'ignore' },
  );
  return { child, ended: once(child, 'exit') };
}

/** Waits until a part of the values has the current key. */
async function untilRotated(ring: KeyRing, count: number): Promise<void> {
  for (const until = Date.now() + 30_000; Date.now() < until; await sleep(2)) {
    const [row] = await sql<{ count: number }[]>`select count(*)::int as count from providers
      where starts_with(api_key, ${`g1.${ring.current}`})`;
    if ((row?.count ?? 0) >= count) return;
  }
  throw new Error('the rotation did not progress');
}

test('a rotation that is killed again and again loses and doubles nothing', async () => {
  const texts = await plant(6000);
  const ring = await project.ring();
  const progress: number[] = [];
  for (let kill = 0; kill < 4; kill += 1) {
    const before = await readState(ring);
    const { child, ended } = spawnRotation('--batch', '10');
    try {
      await untilRotated(ring, before.withCurrent + 1 + Math.floor(Math.random() * 1000));
    } finally {
      child.kill('SIGKILL');
    }
    await ended;
    const state = await readState(ring);
    expect(sorted(state.texts)).toEqual(sorted(texts));
    progress.push(state.withCurrent);
  }
  expect(progress).toEqual(progress.toSorted((one, other) => one - other));
  expect(progress[0]).toBeGreaterThan(0);
  expect(progress[0]).toBeLessThan(6000);
  // The server ends the session of a killed process, and with it the lock.
  await expect
    .poll(async () => (await project.keys(rotateArgs())).code, { timeout: 10_000 })
    .toBe(0);
  const state = await readState(ring);
  expect(sorted(state.texts)).toEqual(sorted(texts));
  expect(state.withCurrent).toBe(6000);
});

test('of two rotations at once one works, and the other says so', async () => {
  const texts = await plant(8000);
  const ran = await Promise.all([
    project.keys(rotateArgs('--batch', '50', '--json')),
    project.keys(rotateArgs('--batch', '50', '--json')),
  ]);
  expect(ran.map(({ code }) => code).toSorted()).toEqual([0, 1]);
  const refused = JSON.parse(ran.find(({ code }) => code === 1)!.out) as unknown;
  expect(refused).toMatchObject({
    problem: { code: 'secrets/rotation-running', context: [expect.stringMatching(/^pid \d+$/)] },
  });
  const state = await readState(await project.ring());
  expect([sorted(state.texts), state.withCurrent]).toEqual([sorted(texts), 8000]);
});

test('writes of the application during a rotation are kept', async () => {
  const texts = new Map(await plant(4000));
  const ring = await project.ring();
  const old = placeCipher(PLACE, { ...ring, current: [...ring.keys.keys()][1]! });
  const ids = [...texts.keys()];
  const stop = new AbortController();
  const write = async (): Promise<void> => {
    for (let number = 0; !stop.signal.aborted; number += 1) {
      const id = ids[Math.floor(Math.random() * ids.length)]!;
      const text = `changed ${number} ${Math.random()}`;
      // A server that has not loaded the new ring yet still writes with the old key.
      await sql`update providers set api_key = ${old.encrypt(id, text)} where id = ${id}`;
      texts.set(id, text);
    }
  };
  const writing = write();
  const ran = await project.keys(rotateArgs('--batch', '20'));
  stop.abort();
  await writing;
  expect(ran.err).not.toContain('failed');
  expect([...texts.values()].filter((text) => text.startsWith('changed')).length).toBeGreaterThan(
    50,
  );
  expect(sorted((await readState(ring)).texts)).toEqual(sorted(texts));
  expect(await project.keys(rotateArgs())).toMatchObject({ code: 0 });
  const state = await readState(ring);
  expect([sorted(state.texts), state.withCurrent]).toEqual([sorted(texts), 4000]);
});

test('a row that another transaction holds delays neither of them', async () => {
  await plant(300);
  const ring = await project.ring();
  const [held] = await sql<{ id: string }[]>`select id from providers order by id limit 1`;
  const other = postgres(url, { max: 1 });
  try {
    await other`begin`;
    await other`update providers set note = 'held' where id = ${held!.id}`;
    const rotation = project.keys(rotateArgs());
    await untilRotated(ring, 299);
    // The rotation waits for the row, but holds no lock: the other transaction may have all rows.
    await other`set lock_timeout = '1s'`;
    await other`update providers set note = 'all'`;
    await other`commit`;
    const ran = await rotation;
    expect(ran.out).toContain('300 encrypted again');
    expect(ran.code).toBe(0);
  } finally {
    await other.end();
  }
});

test('a key is not dropped while a transaction may still write with it', async () => {
  await plant(1);
  expect(await project.keys(rotateArgs())).toMatchObject({ code: 0 });
  const ring = await project.ring();
  const [, oldId = ''] = [...ring.keys.keys()];
  const old = placeCipher(PLACE, { ...ring, current: oldId });
  const drop = () => project.keys(['drop', oldId, ...FILE, '--database-url', url]);
  const other = postgres(url, { max: 1 });
  try {
    const id = newId();
    await other`begin`;
    await other`insert into providers values (${id}, ${old.encrypt(id, 'late')})`;
    const refused = await drop();
    expect([refused.code, refused.err]).toEqual([
      1,
      expect.stringContaining('secrets/open-writes'),
    ]);
    await other`commit`;
    expect((await drop()).err).toContain('1 value uses the key');
  } finally {
    await other.end();
  }
  expect(await project.keys(rotateArgs())).toMatchObject({ code: 0 });
  expect(await drop()).toMatchObject({ code: 0 });
});

test('a login role that may not see all rows is refused', async () => {
  const { host } = new URL(url);
  await sql.unsafe(`create role poor login password 'x';
    grant select, update on providers to poor;
    alter table providers enable row level security;
    create policy hidden on providers using (false)`);
  try {
    const poor = `postgres://poor:x@${host}/rotation`;
    for (const args of [
      ['rotate'],
      ['list'],
      ['drop', [...(await project.ring()).keys.keys()][1]!],
    ]) {
      const ran = await project.keys([...args, ...FILE, '--database-url', poor]);
      expect([ran.code, ran.err]).toEqual([2, expect.stringContaining('secrets/row-security')]);
    }
  } finally {
    await sql.unsafe(
      'drop owned by poor; drop role poor; alter table providers disable row level security',
    );
  }
});
