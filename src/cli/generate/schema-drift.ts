import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Project } from './load-project.ts';

/** The statements that drizzle-kit would write now: what the definitions say and no migration does. */
export async function schemaDrift(project: Project): Promise<readonly string[]> {
  const { generateDrizzleJson, generateMigration } = await import('drizzle-kit/api');
  const meta = join(project.out, 'meta');
  const snapshots = (await readdir(meta).catch(() => []))
    .filter((name) => name.endsWith('_snapshot.json'))
    .sort();
  const last = snapshots.at(-1);
  const recorded =
    last === undefined
      ? generateDrizzleJson({})
      : (JSON.parse(await readFile(join(meta, last), 'utf8')) as ReturnType<
          typeof generateDrizzleJson
        >);
  return generateMigration(recorded, generateDrizzleJson(project.exports));
}
