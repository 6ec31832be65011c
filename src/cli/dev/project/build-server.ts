import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { DevServer } from '../../../command/dev-target.ts';
import { bundleServer, writeServer } from '../../../project/dev/bundle-server.ts';
import { defaultServer } from '../../../project/dev/default-server.ts';
import type { Planned } from '../../../project/generate/plan-targets.ts';
import type { Seen } from '../../../project/seen.ts';
import { requirementsOf } from './plan-definitions.ts';

/** A server module, and the text of its bundle. */
export interface BuiltServer extends DevServer {
  readonly text: string;
}

/**
 * Writes the default server if the project has none, and bundles the server. Returns the previous
 * bundle if nothing has changed.
 */
export async function buildServer(
  planned: Planned,
  folder: string,
  seen: Seen,
  last?: BuiltServer,
): Promise<BuiltServer> {
  const { config, file: gardenFile } = planned.made.garden;
  const own = config.dev?.server;
  const projectFolder = planned.made.project.folder;
  const source = own === undefined ? join(folder, 'server.ts') : resolve(projectFolder, own);
  if (own === undefined) {
    const { role } = requirementsOf(planned);
    await mkdir(folder, { recursive: true });
    await writeFile(source, defaultServer({ config, folder: projectFolder, file: source, role }));
  }
  const text = await bundleServer(source, folder, seen);
  // It is generated from the definitions, which are watched.
  if (own === undefined) seen.files.delete(source);
  if (text === last?.text) return last;
  const place = own === undefined && gardenFile !== undefined ? gardenFile : source;
  return { text, source: place, file: await writeServer(text, folder) };
}
