import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What an installation adds to a project. */
export interface InstalledSize {
  readonly packages: number;
  /** The sum of the file sizes, as npm reports it. Small files take more space on a disk. */
  readonly bytes: number;
}

/** The size of the installed packages, except those that the user has anyway. */
export function installedSize(folder: string, except: readonly string[]): InstalledSize {
  const { packages } = JSON.parse(
    readFileSync(join(folder, 'node_modules/.package-lock.json'), 'utf8'),
  ) as { readonly packages: Readonly<Record<string, unknown>> };
  const added = Object.keys(packages).filter(
    (path) => !except.some((name) => path === `node_modules/${name}`),
  );
  const bytes = added.flatMap((path) =>
    readdirSync(join(folder, path), { recursive: true, encoding: 'utf8' }).map((file) => {
      const stat = statSync(join(folder, path, file));
      return stat.isFile() ? stat.size : 0;
    }),
  );
  return { packages: added.length, bytes: bytes.reduce((sum, size) => sum + size, 0) };
}

/** Importing one table must not install the tools of every command. */
const LIMIT: InstalledSize = { packages: 3, bytes: 5_000_000 };

/** Throws if the installed packages exceed the limits. Returns a line for the log. */
export function checkInstalledSize({ packages, bytes }: InstalledSize): string {
  const line = `npm install adds ${packages} packages and ${(bytes / 1e6).toFixed(1)} MB to drizzle-orm and zod\n`;
  if (packages > LIMIT.packages || bytes > LIMIT.bytes) {
    throw new Error(`${line}At most ${LIMIT.packages} packages and ${LIMIT.bytes / 1e6} MB.`);
  }
  return line;
}
