import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'postgresql',
  schema: './src/db/schema.ts',
  out: './migrations',
  // `garden dev` uses its own database. This URL is for `garden migrate`.
  dbCredentials: { url: process.env['DATABASE_URL'] ?? '' },
});
