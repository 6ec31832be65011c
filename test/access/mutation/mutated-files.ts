import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mutateSource, type MutatedSource } from './mutate-source.ts';

const ROOT = join(import.meta.dirname, '../../..');

/** The code that decides about access: rules as SQL, policies, grants and guards. */
const FOLDERS = ['src/rules', 'src/guard', 'src/emit/companion'];
const FILES = ['src/model/read-claim.ts', 'src/model/definer-sql.ts'];
/** Words for people, and companion SQL that has nothing to do with access. */
const OTHERS =
  /in-words|outline-rule|describe-table|index\.ts|access-denied|emit-(?:comments|extension|partitions|publication|touch|view)|companion-object|diff-companion|do-block|maintenance|faults-body|operator-function|rollup/;

/** The mutated source of each file, by its path. */
export function mutatedFiles(): ReadonlyMap<string, MutatedSource> {
  const files = [
    ...FOLDERS.flatMap((folder) =>
      readdirSync(join(ROOT, folder)).map((name) => `${folder}/${name}`),
    ),
    ...FILES,
  ].filter(
    (file) =>
      file.endsWith('.ts') && !/\.(?:test|fixture|pglite)\b/.test(file) && !OTHERS.test(file),
  );
  const found = new Map<string, MutatedSource>();
  let id = 1;
  for (const file of files.sort()) {
    const path = join(ROOT, file);
    const mutated = mutateSource(file, readFileSync(path, 'utf8'), id);
    id += mutated.mutations.length;
    found.set(path, mutated);
  }
  return found;
}
