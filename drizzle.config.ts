import { mkdirSync } from 'node:fs';
import process from 'node:process';
import { defineConfig } from 'drizzle-kit';
import { lockFolder } from './src/postgres/folder-lock.ts';

const url = process.env['DATABASE_URL'];
// Set but empty is a broken deployment, not a wish for another database.
if (url?.trim() === '') {
  throw new Error(
    'DATABASE_URL is set, but empty. Set it to a postgres:// URL, or unset it for the embedded Postgres in .garden/pglite.',
  );
}
/** Without DATABASE_URL everything runs on Postgres in a folder, and needs no server. */
const folder = '.garden/pglite';
if (url === undefined) mkdirSync(folder, { recursive: true });

// drizzle-kit opens the folder although another process has it open, and both then lose rows.
const [, program = '', command = ''] = process.argv;
const opens = ['migrate', 'push', 'pull', 'introspect', 'studio'].includes(command);
if (url === undefined && opens && /drizzle-kit|bin\.cjs/.test(program)) {
  process.once('exit', lockFolder(folder));
}

export default defineConfig({
  dialect: 'postgresql',
  // Foreign keys act in the order in which the migration makes them, and that is the order
  // of the files: versions have to go with their package before other keys let go of it.
  schema: [
    './src/apps/garden/tables/package-versions.ts',
    './src/apps/garden/index.ts',
    './src/apps/garden/queue/database-objects.ts',
  ],
  out: './migrations/garden',
  ...(url === undefined
    ? { driver: 'pglite', dbCredentials: { url: folder } }
    : { dbCredentials: { url } }),
});
