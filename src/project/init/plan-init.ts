import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { completePackageJson } from './complete-package-json.ts';
import type { FolderState } from './folder-state.ts';
import type { ProjectFile } from './write-project-files.ts';

/** The user's choices. */
export interface InitChoices {
  /** The example with organisations, or one table. */
  readonly schema: 'example' | 'empty';
  /** Whether to write a page with Vite and React. */
  readonly page: boolean;
}

export interface InitPlan {
  /** Files to write. */
  readonly files: readonly ProjectFile[];
  /** Files that exist, relative to the folder: they are not touched. */
  readonly kept: readonly string[];
  /** Scripts of package.json that have another meaning in the project. */
  readonly keptScripts: readonly string[];
}

/** Plans the files of a new project, or those that an existing one lacks. */
export function planInit(state: FolderState, choices: InitChoices): InitPlan {
  const { folder, kind, packageJson } = state;
  const page = choices.page && kind !== 'drizzle';
  const names = kind === 'drizzle' ? new Map(ADDED) : filesOf(choices, { page, kind });
  const kept: string[] = [];
  const files: ProjectFile[] = [];
  for (const [name, source] of names) {
    const file = join(folder, name);
    if (existsSync(file)) kept.push(name);
    else files.push({ file, text: readFileSync(source, 'utf8') });
  }
  const isNew = kind === 'empty';
  const { json, keptScripts } = completePackageJson(packageJson, {
    name: basename(folder),
    page,
    isNew,
  });
  const text = `${JSON.stringify(json, undefined, 2)}\n`;
  if (JSON.stringify(json) !== JSON.stringify(packageJson)) {
    files.unshift({ file: join(folder, 'package.json'), text });
  }
  return { files: files.toSorted((a, b) => order(a) - order(b)), kept, keptScripts };
}

/** A later run recognises a page and a finished project by these, so they are written last. */
const LAST = ['index.html', 'drizzle.config.ts'];

const order = ({ file }: ProjectFile): number => LAST.indexOf(basename(file));

/** Templates are not compiled: `src` and `dist` read the same folder. */
const TEMPLATES = fileURLToPath(new URL('../../../templates/', import.meta.url));

/** A project that already has tables gets only the other files. */
const ADDED: readonly (readonly [string, string])[] = [
  ['garden.config.ts', join(TEMPLATES, 'drizzle/garden.config.ts')],
  ['.env.example', join(TEMPLATES, 'every/env.example')],
];

/** What a page with Vite and React needs to sign in and to write. */
const CONNECTING = ['src/page/session.ts', 'src/page/use-write.ts'];

/** npm leaves out or renames files with these names when it packs. */
const RENAMED: Readonly<Record<string, string>> = {
  gitignore: '.gitignore',
  'env.example': '.env.example',
};

/** The names of the files in the project, and the files of the package with their texts. */
function filesOf(
  { schema }: InitChoices,
  { page, kind }: { readonly page: boolean } & Pick<FolderState, 'kind'>,
): ReadonlyMap<string, string> {
  const parts = ['every', schema, ...(page ? ['page', `${schema}-page`] : [])];
  const added = kind === 'vite-react' ? CONNECTING : [];
  return new Map([
    ...added.map((name) => [name, join(TEMPLATES, 'page', name)] as const),
    ...parts.flatMap((part) => {
      const folder = join(TEMPLATES, part);
      return readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .toSorted()
        .map((file) => {
          const name = file.slice(folder.length + 1).replaceAll(sep, '/');
          return [RENAMED[name] ?? name, file] as const;
        });
    }),
  ]);
}
