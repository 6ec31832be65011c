import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { diff } from 'node:util';
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
    const aside = `${file}.${process.pid}`;
    // oxlint-disable-next-line no-await-in-loop
    await mkdir(dirname(file), { recursive: true });
    // oxlint-disable-next-line no-await-in-loop
    await writeFile(aside, text);
    // oxlint-disable-next-line no-await-in-loop
    await rename(aside, file);
    written.push(file);
  }
  return written;
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
