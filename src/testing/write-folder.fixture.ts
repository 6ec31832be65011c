import { PGlite } from '@electric-sql/pglite';

/**
 * Writes a PGlite into a folder, for commands that open it. To create and migrate a
 * database there takes many times as long.
 */
export async function writeFolder(client: PGlite, folder: string): Promise<void> {
  const copy = await PGlite.create(folder, { loadDataDir: await client.dumpDataDir('none') });
  await copy.close();
}
