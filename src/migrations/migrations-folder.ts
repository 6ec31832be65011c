import { fileURLToPath } from 'node:url';

/** The package's own migrations. `src/migrations` and `dist/migrations` are equally deep. */
export const migrationsFolder: string = fileURLToPath(
  new URL('../../migrations', import.meta.url),
);
