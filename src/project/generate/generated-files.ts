import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, extname } from 'node:path';
import util from 'node:util';
import { makeFolder } from '../../report/make-folder.ts';
import { cannotWrite } from './cannot-write.ts';
import type { FileDrift, Missing } from './plan.ts';
import { isSameCode } from './same-code.ts';
import { isSameJson } from './same-json.ts';

/** A file that is generated as a whole. */
export interface GeneratedFile {
  /** Absolute. */
  readonly file: string;
  readonly text: string;
}

/** The files whose content differs. */
export async function compareFiles(files: readonly GeneratedFile[]): Promise<readonly FileDrift[]> {
  const compared = await Promise.all(
    files.map(async ({ file, text }): Promise<readonly FileDrift[]> => {
      const found = await readText(file);
      if (isCurrent(file, found, text)) return [];
      return [{ file, exists: found !== undefined, lines: differences(found, text) }];
    }),
  );
  return compared.flat();
}

/** Writes the files that differ, and returns their names. Readers never see a partial file. */
export async function writeFiles(files: readonly GeneratedFile[]): Promise<readonly string[]> {
  const written: string[] = [];
  for (const { file, text } of files) {
    if (isCurrent(file, await readText(file), text)) continue;
    await writeWhole(file, text);
    written.push(file);
  }
  return written;
}

/**
 * The project's formatter may have changed the layout, which does not count as a
 * difference.
 */
const isCurrent = (file: string, found: string | undefined, text: string): boolean =>
  found === text ||
  (found !== undefined && (extname(file) === '.json' ? isSameJson : isSameCode)(found, text));

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

/** A checkout may have other line endings than the generated text. */
const readText = async (file: string): Promise<string | undefined> =>
  (await readFile(file, 'utf8').catch(() => undefined))?.replaceAll('\r\n', '\n');

/** Limits the number of differing lines, because the shortest diff costs time and memory. */
const COMPARED = 500;

/** The lines that differ; for a missing file, all lines. */
function differences(before: string | undefined, after: string): readonly Missing[] {
  const found = before?.split('\n') ?? [];
  const wanted = after.split('\n');
  const shorter = Math.min(found.length, wanted.length);
  let start = 0;
  while (start < shorter && found[start] === wanted[start]) start += 1;
  let end = 0;
  while (end < shorter - start && found.at(-1 - end) === wanted.at(-1 - end)) end += 1;
  const removed = found.slice(start, found.length - end);
  const added = wanted.slice(start, wanted.length - end);
  // Node has `diff` since 22.15.
  const tooMany = countOthers(removed, added) + countOthers(added, removed) > COMPARED;
  if (tooMany || typeof util.diff !== 'function') {
    return [
      ...removed.map((text) => ({ sign: '-', text }) as const),
      ...added.map((text) => ({ sign: '+', text }) as const),
    ];
  }
  return util.diff(removed, added).flatMap(([operation, text]): Missing[] =>
    // Node counts from the expected side: 1 is a line that only exists in the file.
    operation === 0 ? [] : [{ sign: operation === 1 ? '-' : '+', text }],
  );
}

/** The number of lines that are not among the others. */
function countOthers(lines: readonly string[], others: readonly string[]): number {
  const there = new Set(others);
  return lines.filter((line) => !there.has(line)).length;
}
