/** What a user adds to the example of `garden init`: a table, a query, and a part of the page. */

/** Rows of src/db/schema.ts with a rule for reading. */
export const notesTable = (read: string): string => `
export const notes = pgTable(
  'notes',
  {
    id: id(),
    title: sortedText('title').notNull(),
    createdBy: uuid('created_by').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    printable(t.title, { max: 200 }),
    ...access(t, { read: ${read}, insert: owner(t.createdBy), delete: owner(t.createdBy) }),
  ],
).enableRLS();
`;

/** Everyone reads notes; later only their owners. */
export const PUBLIC = 'anyone';
export const PRIVATE = 'owner(t.createdBy)';

export const withNotesQuery = (queries: string): string =>
  queries.replace(
    'defineQueries({',
    "defineQueries({\n  notes: { list: defineQuery(() => zql.notes.orderBy('createdAt', 'asc')) },",
  );

export const NOTES_PAGE = `import { useQuery, useZero } from '@rocicorp/zero/react';
import { newId } from '@techgarden/schema/kit';
import type { ReactNode } from 'react';
import { mutators } from '../zero/mutators.ts';
import { queries } from '../zero/queries.ts';

export function Notes(): ReactNode {
  const zero = useZero();
  const [notes] = useQuery(queries.notes.list());
  const add = (): void => {
    const row = { id: newId(), title: 'a note', createdBy: zero.context.sub ?? '', createdAt: Date.now() };
    zero.mutate(mutators.rows.notes.insert(row));
  };
  return (
    <aside>
      <button type="button" onClick={add}>
        Add a note
      </button>
      <output>{notes.length} notes</output>
    </aside>
  );
}
`;

export const withNotes = (app: string): string =>
  app
    .replace('import { readSession', "import { Notes } from './notes.tsx';\nimport { readSession")
    .replace('<Connection />', '<Connection />\n        <Notes />');
