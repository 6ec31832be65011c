import { fileURLToPath } from 'node:url';

/** The garden's migrations. `src` and `dist` are equally deep. */
export const gardenMigrations: string = fileURLToPath(
  new URL('../../../migrations/garden', import.meta.url),
);
