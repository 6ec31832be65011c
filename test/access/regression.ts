import { readdir, readFile, writeFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import type { World } from '../../src/testing/access/world.ts';

const FOLDER = new URL('regressions/', import.meta.url);

/** A world in which an enforcer was once wrong, kept as a regression test. */
export interface Regression {
  readonly name: string;
  readonly world: World;
}

export async function regressions(): Promise<readonly Regression[]> {
  const files = (await readdir(FOLDER)).filter((file) => file.endsWith('.json')).sort();
  return Promise.all(
    files.map(async (file) => ({
      name: file.replace('.json', ''),
      world: JSON.parse(await readFile(new URL(file, FOLDER), 'utf8')) as World,
    })),
  );
}

/** Saves a world, and returns its file. */
export async function keepRegression(enforcer: string, world: World): Promise<string> {
  const text = `${JSON.stringify(world, null, 2)}\n`;
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 8);
  const file = `${enforcer.replaceAll(/\W+/g, '-')}-${hash}.json`;
  await writeFile(new URL(file, FOLDER), text);
  return `test/access/regressions/${file}`;
}
