import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { expect, onTestFinished, test } from 'vitest';
import { claim } from '../queue/claim.ts';
import { complete } from '../queue/settle.ts';
import { enqueueAll } from '../queue/enqueue.ts';
import { commandsOf } from '../../../cli/commands.ts';
import { gardenApp } from '../app.ts';
import { recordIo } from '../../../command/record-io.fixture.ts';
import { run } from '../../../cli/run.ts';
import { testDatabase } from '../../../testing/test-database.ts';
import { writeFolder } from '../../../testing/write-folder.fixture.ts';
import { gardenMigrations } from '../migrations-folder.ts';

const LOST = 1001;

async function garden(...args: readonly string[]): Promise<{ code: number; out: string }> {
  const io = recordIo();
  const code = await run(['queue', ...args], io, { commands: commandsOf([gardenApp]) });
  return { code, out: io.out() + io.err() };
}

test('garden queue shows expired leases, recovers and prunes', async () => {
  const parent = mkdtempSync(join(tmpdir(), 'garden-queue-'));
  onTestFinished(() => rmSync(parent, { recursive: true, force: true }));
  const folder = join(parent, 'data');
  {
    await using database = await testDatabase({ folder: gardenMigrations });
    const { db } = database;
    // More rows than one statement recovers.
    const names = Array.from({ length: LOST + 3 }, (_, at) => `package-${at}`);
    await enqueueAll(
      db,
      names.map((packageName) => ({ packageName, registry: 'npm' as const })),
    );
    const [first] = await claim(db, { holder: 'w', limit: LOST + 1 });
    await complete(db, first!.lease);
    await db.execute(
      sql`update package_requests set locked_until = now() - interval '1 s' where status = 'fetching'`,
    );
    await db.execute(
      sql`update package_requests set created_at = now() - interval '2 years' where status = 'completed'`,
    );
    await writeFolder(database.client, folder);
  }
  const look = await garden('--data', folder);
  expect(look.code).toBe(0);
  expect(look.out).toMatch(/npm\s+2\s+\d+ s\s+0\s+1001\s+1001\s+0\s+0\s+0\n/);
  expect(look.out).toContain('1001 leases expired');
  const tended = await garden('--data', folder, '--recover', '--prune', '--json');
  expect(JSON.parse(tended.out)).toMatchObject({
    recovered: { pending: LOST, failed: 0 },
    pruned: 1,
    registries: [{ registry: 'npm', due: LOST + 2, fetching: 0, expired: 0 }],
  });
});
