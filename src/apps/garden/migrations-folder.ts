import { fileURLToPath } from 'node:url';

/** The garden's migrations. The path works from `src` and `dist`, which have the same depth. */
export const gardenMigrations: string = fileURLToPath(
  new URL('../../../migrations/garden', import.meta.url),
);
