import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { docBlocks, readDoc } from '../docs-examples/doc-blocks.ts';

/** Writes the tests of docs/testing.md into a project of `garden init`, and returns their files. */
export function writeGuideTests(folder: string): readonly string[] {
  const files: string[] = [];
  for (const { file, text } of docBlocks(readDoc('docs/testing.md'))) {
    if (file === undefined) continue;
    writeFileSync(join(folder, file), text);
    files.push(file);
  }
  return files;
}
