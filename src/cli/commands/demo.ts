import { relative, resolve } from 'node:path';
import { drizzle } from 'drizzle-orm/pglite';
import * as garden from '../../index.ts';
import { migrate } from '../../ops/index.ts';
import { plantDemo } from '../../seed/plant-demo.ts';
import { jsonOption, type Command } from '../command.ts';
import { openPgliteFolder } from '../database/open-pglite-folder.ts';
import { printGarden } from '../demo/print-garden.ts';
import { readGarden } from '../demo/read-garden.ts';
import { migrateReporter } from './migrate-reporter.ts';

export const demoCommand: Command = {
  name: 'demo',
  summary: 'a small garden on an embedded Postgres, to look at',
  description: `Makes an embedded Postgres (PGlite) in a folder, brings it up to date, puts a
handful of true packages in, and shows them. Nothing needs to be installed or
running. Run it again and it finds everything as it was.`,
  options: [
    {
      name: 'data',
      value: 'DIR',
      help: 'the folder of the embedded database',
      defaultText: '.garden/pglite',
    },
    jsonOption,
  ],
  examples: [
    { command: 'garden demo', meaning: 'in a terminal' },
    { command: 'garden demo --json', meaning: 'the same garden, for a program' },
  ],
  whenInterrupted: 'What was finished stays; run it again to go on.',

  async run({ io, paint, signal, text, flag }) {
    const folder = resolve(io.cwd, text('data') ?? '.garden/pglite');
    const json = flag('json');
    const place = relative(io.cwd, folder) || folder;
    if (!json) io.stdout.write(`${paint('bold', 'Postgres')} in ${place} (PGlite)\n`);
    const { client, close } = await openPgliteFolder(folder);
    try {
      const reporter = migrateReporter(io, paint);
      const result = await migrate(client, {
        signal,
        ...(!json && { onProgress: reporter.onProgress }),
      }).finally(reporter.end);
      if (!json) reporter.finish(result);
      const db = drizzle(client, { schema: garden });
      const planted = await plantDemo(drizzle(client));
      signal.throwIfAborted();
      const rows = await readGarden(db);
      io.stdout.write(
        json
          ? `${JSON.stringify(rows, undefined, 2)}\n`
          : printGarden(rows, { paint, planted, width: io.stdout.columns ?? 100 }),
      );
      return 0;
    } finally {
      await close();
    }
  },
};
