import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { migrate, readMigrations } from '../../src/migrations/index.ts';
import { migrationsFolder, packageFolder, type Check } from './check.ts';
import { describeSchema } from './describe-schema.ts';

const tags = readMigrations(migrationsFolder).map((migration) => migration.tag);
const folder = migrationsFolder;

async function drizzleKitMigrate(url: string): Promise<void> {
  const drizzleKit = join(packageFolder, 'node_modules', 'drizzle-kit', 'bin.cjs');
  await promisify(execFile)(process.execPath, [drizzleKit, 'migrate'], {
    cwd: packageFolder,
    env: { ...process.env, DATABASE_URL: url },
  });
}

/** `migrate()` and `drizzle-kit migrate`, alone and mixed. */
export const migrateChecks: readonly Check[] = [
  {
    name: 'migrate applies everything once',
    async run({ server }) {
      const url = await server.createDatabase();
      assert.deepEqual((await migrate(url, { folder })).applied, tags);
      const again = await migrate(url, { folder });
      assert.deepEqual([again.applied, again.alreadyApplied], [[], tags.length]);
    },
  },
  {
    name: 'drizzle-kit migrate creates the same database, and neither has work after the other',
    async run({ server }) {
      const [ours, theirs] = [await server.createDatabase(), await server.createDatabase()];
      await migrate(ours, { folder });
      await drizzleKitMigrate(theirs);
      const before = await describeSchema(ours);
      assert.deepEqual(await describeSchema(theirs), before);

      await drizzleKitMigrate(ours);
      assert.equal((await migrate(theirs, { folder })).alreadyApplied, tags.length);
      assert.deepEqual(await describeSchema(ours), before);
    },
  },
  {
    name: 'of four concurrent processes, one migrates',
    async run({ server }) {
      const url = await server.createDatabase();
      const runs = await Promise.all(Array.from({ length: 4 }, () => migrate(url, { folder })));
      assert.deepEqual(
        runs.flatMap((run) => run.applied),
        tags,
      );
    },
  },
];
