import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { diff } from 'node:util';
import { makeFolder } from '../make-folder.ts';
import { cannotWrite } from './cannot-write.ts';
import type { Missing } from './plan.ts';

/** A file that is made anew as a whole. */
export interface GeneratedFile {
  /** Absolute. */
  readonly file: string;
  readonly text: string;
}

/** What differs between files as they are and as they should be, a line each. */
export async function compareFiles(files: readonly GeneratedFile[]): Promise<readonly Missing[]> {
  const compared = await Promise.all(
    files.map(async ({ file, text }): Promise<readonly Missing[]> => {
      const found = await readText(file);
      if (found === text) return [];
      const name = basename(file);
      if (found === undefined) return [{ sign: '+', text: `${name}, which is not there` }];
      return [{ sign: ' ', text: `${name}:` }, ...differences(found, text)];
    }),
  );
  return compared.flat();
}

/** Writes those that differ; gives their names. A reader never sees half of one. */
export async function writeFiles(files: readonly GeneratedFile[]): Promise<readonly string[]> {
  const written: string[] = [];
  for (const { file, text } of files) {
    // oxlint-disable-next-line no-await-in-loop
    if ((await readText(file)) === text) continue;
    // oxlint-disable-next-line no-await-in-loop
    await writeWhole(file, text);
    written.push(file);
  }
  return written;
}

async function writeWhole(file: string, text: string): Promise<void> {
  const aside = `${file}.${process.pid}`;
  try {
    makeFolder(dirname(file));
    await writeFile(aside, text);
    await rename(aside, file);
  } catch (error) {
    throw cannotWrite(file, error);
  } finally {
    await rm(aside, { force: true }).catch(() => undefined);
  }
}

/** A checkout may have other line ends than what we write. */
const readText = async (file: string): Promise<string | undefined> =>
  (await readFile(file, 'utf8').catch(() => undefined))?.replaceAll('\r\n', '\n');

/** Only the lines that differ. */
function differences(before: string, after: string): readonly Missing[] {
  const lines = diff(before.split('\n'), after.split('\n'));
  return lines.flatMap(([operation, text]): Missing[] =>
    // Node counts from the expected side: 1 is only in what is there.
    operation === 0 ? [] : [{ sign: operation === 1 ? '-' : '+', text }],
  );
}
