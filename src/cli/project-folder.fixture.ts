import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gardenApp } from '../apps/garden/app.ts';
import { recordIo } from '../command/record-io.fixture.ts';
import { blankPostgres } from '../testing/blank-postgres.fixture.ts';
import { writeFolder } from '../testing/write-folder.fixture.ts';
import { commandsOf } from './commands.ts';
import { run } from './run.ts';

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface ProjectFolder {
  readonly folder: string;
  /** Runs a command in it. */
  garden(...args: readonly string[]): Promise<Ran>;
  /** Writes a migrated database, in a fraction of the time of `garden migrate`. */
  writeDatabase(): Promise<void>;
  remove(): void;
}

/** drizzle.config.ts of a project whose database is a folder. */
export const PGLITE = `{ dialect: 'postgresql', out: './sql', driver: 'pglite', dbCredentials: { url: './own' } }`;

/** A project with one migration, in which commands run. */
export function projectFolder(
  config: string,
  files: Readonly<Record<string, string>> = {},
): ProjectFolder {
  const cwd = mkdtempSync(join(tmpdir(), 'garden-project-'));
  symlinkSync(join(import.meta.dirname, '../../node_modules'), join(cwd, 'node_modules'));
  const entry = { idx: 0, version: '7', when: 1_700_000_000_000, tag: '0000_a', breakpoints: true };
  const journal = { version: '7', dialect: 'postgresql', entries: [entry] };
  const all = {
    ...(config !== '' && { 'drizzle.config.ts': `export default ${config};` }),
    'sql/0000_a.sql': 'create table a (id int primary key)',
    'sql/meta/_journal.json': JSON.stringify(journal),
    ...files,
  };
  for (const [name, text] of Object.entries(all)) {
    mkdirSync(dirname(join(cwd, name)), { recursive: true });
    writeFileSync(join(cwd, name), text);
  }
  return {
    folder: cwd,
    async garden(...args) {
      const io = recordIo({ cwd, env: {} });
      const code = await run(args, io, { commands: commandsOf([gardenApp]) });
      return { code, out: io.out(), err: io.err() };
    },
    async writeDatabase() {
      const client = await blankPostgres();
      await client.exec(all['sql/0000_a.sql']);
      await writeFolder(client, join(cwd, 'own'));
      await client.close();
    },
    remove: () => rmSync(cwd, { recursive: true, force: true }),
  };
}
