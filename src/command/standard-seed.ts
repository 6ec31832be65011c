import type { AnyDatabase } from '../postgres/any-database.ts';
import { chooseDatabase, databaseOptions, describeChoice, placeOf } from './choose-database.ts';
import { jsonOption, type Command } from './command.ts';
import { escapedJson } from './escape-controls.ts';
import { useDatabase } from './use-database.ts';

/** The seed of an app: example rows. */
export interface AppSeed {
  /** What it inserts, as a sentence. */
  readonly description: string;
  /** Inserts what is missing, in one transaction, and returns the number of new rows. */
  run(db: AnyDatabase, tools: { readonly signal: AbortSignal }): Promise<number>;
}

/** Runs a seed in one transaction. */
export const runAppSeed = (
  { run }: AppSeed,
  db: AnyDatabase,
  signal: AbortSignal,
): Promise<number> =>
  db.transaction(async (tx) => {
    const rows = await run(tx, { signal });
    signal.throwIfAborted();
    return rows;
  });

/** `garden seed --app NAME`. */
export const standardSeed = (app: string, seed: AppSeed): Command => ({
  name: 'seed',
  summary: `fill ${app} with example rows`,
  description: `${seed.description} Existing rows are kept, so a second run changes nothing.`,
  options: [...databaseOptions, jsonOption],
  examples: [
    {
      command: `garden migrate --app ${app} && garden seed --app ${app}`,
      meaning: 'a database with example rows',
    },
  ],
  whenInterrupted: 'Nothing was written.',

  async run(context) {
    const { io, paint, signal, flag } = context;
    const choice = chooseDatabase(context);
    const json = flag('json');
    if (!json) {
      io.stdout.write(`${paint('bold', 'Seeding')} ${describeChoice(choice, io.cwd)}\n`);
    }
    const rows = await useDatabase(choice, signal, (db) => runAppSeed(seed, db, signal));
    io.stdout.write(
      json
        ? `${escapedJson({ database: placeOf(choice, io.cwd), rows }, 2)}\n`
        : rows === 0
          ? 'All rows exist.\n'
          : `Inserted ${rows} rows.\n`,
    );
    return 0;
  },
});
