import type { AnyDatabase } from '../../../src/postgres/any-database.ts';
import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { encrypted, id, isEncrypted, pgTable } from '../../../src/kit/index.ts';
import { readSchema } from '../../../src/read/drizzle/read-schema.ts';
import { encryptedColumns } from '../../../src/secrets/rotate/encrypted-columns.ts';
import { rotateKeys } from '../../../src/secrets/rotate/rotate-keys.ts';
import { withRotationLock } from '../../../src/secrets/rotate/with-rotation-lock.ts';
import type { KeyRing } from '../../../src/server.ts';

export const keys = pgTable('keys', { id: id(), secret: encrypted('secret').notNull() }, (t) => [
  isEncrypted(t.secret),
]);

const columns = encryptedColumns(
  readSchema({ files: [{ file: '/schema.ts', exports: { keys } }] }).schema,
);

/** A rotation as `garden keys rotate` runs it. Returns the number of values. */
export async function rotateOnce(url: string, ring: KeyRing, signal: AbortSignal): Promise<number> {
  const clients = [1, 2].map(() => postgres(url, { max: 1, onnotice: () => {} }));
  // The bench has its own copy of Drizzle.
  const [locker, writer] = clients.map((client) => drizzle(client) as unknown as AnyDatabase);
  try {
    const results = await withRotationLock(locker!, (reader) =>
      rotateKeys({ reader, writer: writer! }, { columns, ring, signal }),
    );
    return results.reduce((sum, { written }) => sum + written, 0);
  } finally {
    await Promise.all(clients.map((client) => client.end()));
  }
}
