import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/**
 * Remembers the files of a migrations folder. The function that it returns restores them:
 * a migration that the database refuses is not kept.
 */
export function keepMigrations(out: string): () => void {
  const before = filesIn(out);
  return () => {
    for (const name of filesIn(out).keys()) {
      if (!before.has(name)) rmSync(join(out, name), { force: true });
    }
    for (const [name, text] of before) {
      const file = join(out, name);
      mkdirSync(dirname(file), { recursive: true });
      if (!existsSync(file) || readFileSync(file, 'utf8') !== text) writeFileSync(file, text);
    }
  };
}

function filesIn(folder: string): ReadonlyMap<string, string> {
  if (!existsSync(folder)) return new Map();
  return new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file) => [relative(folder, file), readFileSync(file, 'utf8')]),
  );
}
