import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { DatabaseFacts, Sizes } from '../../maintain/doctor/growth.ts';

/** The sizes of the last run, by database. */
type Kept = Readonly<Record<string, Sizes>>;

const fileIn = (cwd: string): string => join(cwd, '.garden', 'doctor.json');

/** The sizes that the last run has kept; undefined before the first one. */
export async function keptSizes(cwd: string, place: string): Promise<Sizes | undefined> {
  const found = (await readKept(cwd))[place];
  return found !== undefined && typeof found.tables === 'object' ? found : undefined;
}

/** Keeps the sizes for the next run. A folder that cannot be written is not an error. */
export async function keepSizes(
  cwd: string,
  place: string,
  { at, bytes, tables }: DatabaseFacts,
): Promise<void> {
  const kept: Kept = { ...(await readKept(cwd)), [place]: { at, bytes, tables } };
  const file = fileIn(cwd);
  try {
    await mkdir(dirname(file), { recursive: true });
    const unfinished = `${file}.${process.pid}`;
    await writeFile(unfinished, `${JSON.stringify(kept)}\n`, { mode: 0o600 });
    await rename(unfinished, file);
  } catch {
    // A container may be read-only; then the next run reports no growth.
  }
}

async function readKept(cwd: string): Promise<Kept> {
  try {
    return JSON.parse(await readFile(fileIn(cwd), 'utf8')) as Kept;
  } catch {
    return {};
  }
}
