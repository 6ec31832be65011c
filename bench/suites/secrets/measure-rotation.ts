import { join } from 'node:path';
import postgres, { type Sql } from 'postgres';
import { newId } from '../../../src/kit/index.ts';
import { CIPHERTEXT } from '../../../src/model/ciphertext.ts';
import { startPostgres } from '../../../src/processes/postgres-server.ts';
import { columnCipher, newRingEntry, openKeyRing, type KeyRing } from '../../../src/server.ts';
import { measureProcess } from '../../frame/measure-process.ts';
import type { Context, Measurement } from '../../frame/suite.ts';
import { summarise } from '../../frame/summarise.ts';
import { keys, rotateOnce } from './open-rotation.ts';

const ROWS = 100_000;
const MEMORY_ROWS = [20_000, 200_000] as const;
const TEXT = 'x'.repeat(100);

/** Rotates keys, against one UPDATE that writes texts of the same length. */
export async function* measureRotation({
  progress,
  signal,
  runs = 5,
}: Context): AsyncGenerator<Measurement, void> {
  await using server = await startPostgres();
  const [one, two] = await Promise.all([newRingEntry(), newRingEntry()]);
  const rings = [`${two},${one}`, `${one},${two}`];
  const [forth, back] = (await Promise.all(
    rings.map((ring) => openKeyRing({ env: { GARDEN_KEYS: ring } })),
  )) as [KeyRing, KeyRing];
  const url = await server.createDatabase();
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    progress(`${ROWS} rows`);
    await plant(sql, ROWS, back);
    const times = { rotation: [] as number[], update: [] as number[] };
    for (let round = -1; round < runs; round += 1) {
      signal.throwIfAborted();
      await sql`vacuum full keys`;
      const rotation = await clock(() => rotateOnce(url, round % 2 === 0 ? back : forth, signal));
      await sql`vacuum full keys`;
      const update = await clock(() => sql`update keys set secret = secret || ''`);
      if (round < 0) continue;
      times.rotation.push(rotation);
      times.update.push(update);
    }
    const [ours, peer] = [times.rotation, times.update].map(
      (list) => (ROWS * 1e9) / summarise(list).median,
    );
    yield {
      name: 'rotate 100,000 texts of 100 bytes, against one UPDATE',
      value: ours!,
      unit: 'rows/s',
      peer: peer!,
      target: 'at least 0.4',
    };
    const peaks: (number | null)[] = [];
    for (const rows of MEMORY_ROWS) {
      progress(`memory with ${rows} rows`);
      await plant(sql, rows, back);
      const { memory } = await measureProcess(
        {
          file: process.execPath,
          args: [join(import.meta.dirname, 'rotate-process.ts'), url, String(rows)],
          env: { GARDEN_KEYS: rings[0]! },
        },
        { signal },
      );
      peaks.push(memory?.largestBytes ?? null);
    }
    yield {
      name: 'memory of a rotation: 200,000 values / 20,000',
      value: peaks[1] ?? null,
      unit: 'B',
      peer: peaks[0] ?? null,
      target: 'at most 1.2',
    };
  } finally {
    await sql.end();
  }
}

async function plant(sql: Sql, rows: number, ring: KeyRing): Promise<void> {
  await sql.unsafe(`drop table if exists keys;
    create table keys (id uuid primary key, secret text not null check (secret ~ '${CIPHERTEXT.source}'))`);
  const cipher = columnCipher(keys.secret, ring);
  const batch = 10_000;
  for (let at = 0; at < rows; at += batch) {
    const values = Array.from({ length: batch }, () => {
      const id = newId();
      return { id, secret: cipher.encrypt(id, TEXT) as string };
    });
    await sql`insert into keys ${sql(values)}`;
  }
}

async function clock(run: () => PromiseLike<unknown>): Promise<number> {
  const start = process.hrtime.bigint();
  await run();
  return Number(process.hrtime.bigint() - start);
}
