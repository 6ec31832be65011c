import { mkdirSync } from 'node:fs';
import { defineConfig } from 'drizzle-kit';

const url = process.env['DATABASE_URL'];
/** Without DATABASE_URL everything runs on Postgres in a folder, and needs no server. */
const folder = '.garden/pglite';
if (!url) mkdirSync(folder, { recursive: true });

export default defineConfig({
  dialect: 'postgresql',
  schema: ['./src/index.ts', './src/queue/database-objects.ts'],
  out: './migrations',
  ...(url ? { dbCredentials: { url } } : { driver: 'pglite', dbCredentials: { url: folder } }),
});
