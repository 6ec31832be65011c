import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'postgresql',
  schema: './src/db/schema.ts',
  out: './migrations',
  // `garden dev` uses a database of its own. This one is for `garden migrate`.
  dbCredentials: { url: process.env['DATABASE_URL'] ?? '' },
});
