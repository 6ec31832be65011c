import { readFileSync, statSync } from 'node:fs';
import { relative } from 'node:path';
import type { Seen } from '../../../project/seen.ts';

/**
 * Text that changes when a file of a run is saved. A run itself writes and removes migrations, so
 * only their content counts.
 */
export function inputsOf({ files }: Seen, migrations: string): string {
  return [...files]
    .toSorted()
    .map((file) => {
      const info = statSync(file, { throwIfNoEntry: false });
      if (info?.isFile() !== true) return `${file} is missing`;
      return `${file}\0${isInside(migrations, file) ? readFileSync(file, 'utf8') : info.mtimeMs}`;
    })
    .join('\0');
}

/** Whether a file other than a migration was saved during a run. */
export const isSavedSince = (start: number, { files }: Seen, migrations: string): boolean =>
  [...files].some(
    (file) =>
      !isInside(migrations, file) &&
      (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0) >= start,
  );

const isInside = (folder: string, file: string): boolean =>
  !relative(folder, file).startsWith('..');
