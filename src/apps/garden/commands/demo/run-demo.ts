import { relative } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { PGlite } from '@electric-sql/pglite';
import * as garden from '../../index.ts';
import { extensionsOf } from '../../../../migrations/extensions-of.ts';
import { migrate, readMigrations } from '../../../../migrations/index.ts';
import { seed } from '../../seed/seed.ts';
import type { CommandContext } from '../../../../command/command.ts';
import { migrateReporter } from '../../../../command/migrate-reporter.ts';
import { folderOf } from '../../../../command/choose-database.ts';
import { openPgliteFolder } from '../../../../postgres/open-pglite-folder.ts';
import { escapedJson } from '../../../../command/escape-controls.ts';
import { printGarden } from './print-garden.ts';
import { readGarden } from './read-garden.ts';
import { gardenMigrations } from '../../migrations-folder.ts';

/** Creates or opens the garden and shows it. */
export async function runDemo(context: CommandContext): Promise<number> {
  const { io, paint, text, flag } = context;
  const folder = folderOf(io.cwd, text('data') ?? '.garden/pglite');
  if (!flag('json')) {
    const place = relative(io.cwd, folder) || folder;
    io.stdout.write(`${paint('bold', 'Postgres')} in ${place} (PGlite)\n`);
  }
  const { client, close } = await openPgliteFolder(folder, {
    extensions: extensionsOf(readMigrations(gardenMigrations)),
  });
  try {
    await migrateAndShow(client, context);
    return 0;
  } finally {
    await close();
  }
}

async function migrateAndShow(client: PGlite, context: CommandContext): Promise<void> {
  const { io, paint, signal, flag } = context;
  // Imported here because drizzle's driver loads PGlite.
  const { drizzle } = await import('drizzle-orm/pglite');
  const json = flag('json');
  const reporter = migrateReporter(io, paint);
  const result = await migrate(client, {
    folder: gardenMigrations,
    signal,
    ...(!json && { onProgress: reporter.onProgress }),
  }).finally(reporter.end);
  if (!json) reporter.finish(result);
  // PGlite blocks the event loop, so this lets a pending Ctrl-C be handled.
  await setImmediate();
  signal.throwIfAborted();
  const db = drizzle(client, { schema: garden });
  // Seeds only an empty database, so that deleted packages are not inserted again.
  const planted = (await db.$count(garden.packages)) === 0;
  if (planted) await seed(client, { signal });
  const view = await readGarden(db);
  await setImmediate();
  signal.throwIfAborted();
  io.stdout.write(
    json
      ? `${escapedJson(view, 2)}\n`
      : printGarden(view, { paint, planted, width: io.stdout.columns ?? 100 }),
  );
}
