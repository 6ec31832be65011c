import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { journalFile } from '../../migrations/journal-file.ts';
import type { SqlFile } from '../../read/sql/run-sql.ts';
import { ProblemError } from '../../report/problem.ts';

/** Numbers in names are compared as numbers: `V2__b.sql` is before `V10__c.sql`. */
const byName = new Intl.Collator('en', { numeric: true });
/** Files that revert a migration. */
const UNDO = /(?:^|[./\\_-])down\.sql$|(?:^|[/\\])U[\d._]+__[^/\\]*\.sql$/;
/** The start of the part that reverts a migration. */
const UNDO_PART = /^--\s*(?:migrate:down|\+(?:goose|migrate)\s+Down)\b/im;
/** A JavaScript string is limited to half a gigabyte. */
const LARGEST = 400_000_000;

/** Reads SQL files and folders of them, in the order in which they are run. */
export async function readSqlFiles(
  cwd: string,
  paths: readonly string[],
): Promise<readonly SqlFile[]> {
  const files: string[] = [];
  for (const path of paths) files.push(...(await filesOf(resolve(cwd, path), path)));
  return [...new Set(files)].map((file) => ({ file, text: readText(file) }));
}

async function filesOf(path: string, typed: string): Promise<readonly string[]> {
  if (!existsSync(path)) {
    throw new ProblemError({
      code: 'validate/no-file',
      message: `there is no file or folder ${JSON.stringify(typed)}.`,
      fix: 'correct the path; it is relative to the working directory.',
    });
  }
  if (!statSync(path).isDirectory()) return [path];
  const files = await sqlFilesOf(path);
  if (files.length > 0) return files;
  throw new ProblemError({
    code: 'validate/no-file',
    message: 'the folder has no SQL files.',
    places: [{ file: path }],
    fix: 'name a folder with files that end with .sql.',
  });
}

/** The files of a folder: in the order of drizzle-kit's journal, or else by their paths. */
async function sqlFilesOf(folder: string): Promise<readonly string[]> {
  if (existsSync(journalFile(folder))) {
    // Loads Zod, which other folders do not need.
    const { readJournal } = await import('../../migrations/read-journal.ts');
    return (readJournal(folder)?.entries ?? [])
      .map(({ tag }) => join(folder, `${tag}.sql`))
      .filter((file) => existsSync(file));
  }
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.sql$/i.test(name) && !UNDO.test(name) && !name.includes('node_modules'))
    .toSorted((a, b) => byName.compare(a, b))
    .map((name) => join(folder, name))
    .filter((file) => statSync(file).isFile());
}

function readText(file: string): string {
  if (statSync(file).size > LARGEST) {
    throw refused(
      file,
      'the file is larger than 400 MB.',
      'dump the schema alone: pg_dump --schema-only.',
    );
  }
  const bytes = readFileSync(file);
  if (bytes.subarray(0, 5).toString('latin1') === 'PGDMP') {
    const name = relative(process.cwd(), file);
    throw refused(
      file,
      'the file is a dump in the custom format of pg_dump, not SQL.',
      `convert it: pg_restore --schema-only --file schema.sql ${name}.`,
    );
  }
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  const text = bytes.toString(isUtf16 ? 'utf16le' : 'utf8').replace(/^\uFEFF/, '');
  if (text.includes('\0')) {
    throw refused(file, 'the file is not SQL: it is binary.', 'name a file with SQL text.');
  }
  const undo = UNDO_PART.exec(text)?.index;
  return undo === undefined ? text : text.slice(0, undo);
}

const refused = (file: string, message: string, fix: string): ProblemError =>
  new ProblemError({ code: 'validate/not-sql', message, places: [{ file }], fix });
