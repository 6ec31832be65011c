import { fileURLToPath } from 'node:url';

/** The package's own migrations. `src/ops/migrate` and `dist/ops/migrate` are equally deep. */
export const migrationsFolder: string = fileURLToPath(
  new URL('../../../migrations', import.meta.url),
);
