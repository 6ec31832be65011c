import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import process from 'node:process';
import { makeFolder } from '../../report/make-folder.ts';
import { cannotWrite } from '../generate/cannot-write.ts';

/** A file of a project. */
export interface ProjectFile {
  /** Absolute. */
  readonly file: string;
  readonly text: string;
}

/** Writes files one after the other. None is ever there in part. */
export function writeProjectFiles(files: readonly ProjectFile[]): void {
  for (const { file, text } of files) {
    const aside = `${file}.${process.pid}`;
    try {
      makeFolder(dirname(file));
      writeFileSync(aside, text);
      renameSync(aside, file);
    } catch (error) {
      rmSync(aside, { force: true });
      throw cannotWrite(file, error);
    }
  }
}
