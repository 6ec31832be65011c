import { fileURLToPath } from 'node:url';

/** The app's migrations. The path works from `src` and `dist`, which have the same depth. */
export const promptcraftMigrations: string = fileURLToPath(
  new URL('../../../migrations/promptcraft', import.meta.url),
);
