import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { bundleModules } from '../bundle-modules.ts';
import type { Seen } from '../seen.ts';

/** Bundles a server module with the user's modules that it imports. */
export async function bundleServer(source: string, folder: string, seen: Seen): Promise<string> {
  // Watched even if it does not exist yet, to notice when it is created.
  seen.files.add(source);
  const { text } = await bundleModules([source], join(folder, 'server.mjs'), 'server', seen);
  return text;
}

let written = 0;

/** Writes a bundle to a new file, because Node loads each file once. Removes earlier ones. */
export async function writeServer(text: string, folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  written += 1;
  const file = join(folder, `server-${process.pid}-${written}.mjs`);
  const earlier = (await readdir(folder)).filter((name) => /^server-\d+-\d+\.mjs$/.test(name));
  await Promise.all(earlier.map((name) => rm(join(folder, name), { force: true })));
  await writeFile(file, text);
  return file;
}
