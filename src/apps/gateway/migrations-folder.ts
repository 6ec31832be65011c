import { fileURLToPath } from 'node:url';

/** The app's migrations. The path works from `src` and `dist`, which have the same depth. */
export const gatewayMigrations: string = fileURLToPath(
  new URL('../../../migrations/gateway', import.meta.url),
);
