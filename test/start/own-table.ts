import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFile, readDoc } from '../docs-examples/doc-blocks.ts';

// What docs/start.md adds to the example of `garden init`: a table, a query, and a part of the page.

const PAGE = 'docs/start.md';
const ofGuide = (file: string): string => projectFile(PAGE, file);

/** The changes of the guide, in the folder of a project. */
export interface OwnTable {
  addTable(): void;
  addQuery(): void;
  addToPage(): void;
  /** From everyone to the owner. */
  narrowRule(): void;
}

export function ownTable(folder: string): OwnTable {
  const path = (file: string): string => join(folder, file);
  /** Writes once: Vite may miss the second of two changes in quick succession. */
  const change = (file: string, ...changes: readonly (readonly [string, string])[]): void => {
    let text = readFileSync(path(file), 'utf8');
    for (const [from, to] of changes) {
      if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
      text = text.replace(from, () => to);
    }
    writeFileSync(path(file), text);
  };
  return {
    addTable() {
      writeFileSync(path('src/db/notes.ts'), ofGuide('src/db/notes.ts'));
      appendFileSync(path('src/db/schema.ts'), ofGuide('src/db/schema.ts'));
    },
    addQuery() {
      const opening = 'defineQueries({\n';
      change('src/zero/queries.ts', [opening, `${opening}${ofGuide('src/zero/queries.ts')}`]);
    },
    addToPage() {
      writeFileSync(path('src/page/notes.tsx'), ofGuide('src/page/notes.tsx'));
      change(
        'src/page/app.tsx',
        ['import { readSession', "import { Notes } from './notes.tsx';\nimport { readSession"],
        ['<Connection />', '<Connection />\n        <Notes />'],
      );
    },
    narrowRule() {
      const [, from = '', to = ''] = /replace `(.*?)` with `(.*?)`/.exec(readDoc(PAGE)) ?? [];
      change('src/db/notes.ts', [from, to]);
    },
  };
}
