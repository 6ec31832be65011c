import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SchemaFiles } from './make-schema.ts';

/** The same schema in two folders, each with the packages of its generator. */
export interface Projects extends AsyncDisposable {
  readonly ours: string;
  readonly peer: string;
}

/** Writes one project for our generator and one for the peer. */
export async function writeProjects(root: string, files: SchemaFiles): Promise<Projects> {
  const folder = await mkdtemp(join(tmpdir(), 'garden-bench-generate-'));
  const write = async (name: string, modules: string): Promise<string> => {
    const project = join(folder, name);
    await mkdir(project);
    await symlink(modules, join(project, 'node_modules'));
    for (const [file, text] of Object.entries(files)) await writeFile(join(project, file), text);
    return project;
  };
  return {
    ours: await write('ours', join(root, 'node_modules')),
    peer: await write('peer', join(root, 'bench/node_modules')),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}
