import { extname, join } from 'node:path';
import postgres from 'postgres';
import type { AppDevOptions } from '../../../command/app.ts';
import type { DevTarget } from '../../../command/dev-target.ts';
import { migrate } from '../../../migrations/index.ts';
import { GARDEN_ROLE } from '../access.ts';
import { gardenMigrations } from '../migrations-folder.ts';
import { seed } from '../seed/seed.ts';
import { findPage } from './find-page.ts';
import { proveSync } from './prove-sync.ts';

const serverModule = join(
  import.meta.dirname,
  // TypeScript in the repository, JavaScript in the package.
  `server-module${extname(import.meta.filename)}`,
);

/** The garden, as `garden dev --app garden` runs it. */
export const gardenTarget = ({ worker }: AppDevOptions): DevTarget => ({
  title: 'The garden',
  folderName: 'dev',
  // The publication has the tables of the Zero schema. A migration creates it.
  read: () => Promise.resolve({ role: GARDEN_ROLE, publications: ['garden_zero'] }),
  async migrate(databaseUrl, { signal }) {
    const { applied, alreadyApplied } = await migrate(databaseUrl, {
      folder: gardenMigrations,
      signal,
    });
    return { detail: `${applied.length} migrations applied, ${alreadyApplied} already applied` };
  },
  async seed(databaseUrl, { signal }) {
    const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} });
    try {
      // Only for an empty database, so that deleted packages are not inserted again.
      const [found] = await sql<[{ some: boolean }]>`select exists (select from packages) as some`;
      if (found.some) return { detail: 'existing data kept' };
    } finally {
      await sql.end({ timeout: 5 });
    }
    const { packages } = await seed(databaseUrl, { signal });
    return { detail: `${packages} packages inserted` };
  },
  async server({ folder, stage }) {
    const page = await stage('page', async () => {
      const found = await findPage(folder);
      return { result: found.folder, detail: found.detail };
    });
    return {
      file: serverModule,
      source: serverModule,
      env: ({ cacheUrls }) => ({ GARDEN_PAGE: page, GARDEN_CACHE_URLS: cacheUrls.join(' ') }),
    };
  },
  processes: () =>
    Promise.resolve(
      worker === undefined
        ? []
        : [
            {
              name: 'worker',
              command: worker,
              detail: 'fetches requested packages',
              prints: false,
            },
          ],
    ),
  prove: proveSync,
});
