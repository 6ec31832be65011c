import { newId } from '../../src/kit/index.ts';

export interface BadRow {
  readonly title: string;
  readonly column: 'tags' | 'relevantFilesPattern' | 'metadata' | 'name' | 'description';
  /** The value as JSON text, because some values cannot be written in JavaScript. */
  readonly json: string;
  /** The column's value in SQL; omitted if a driver cannot send it to Postgres. */
  readonly sql?: string;
  /** Only a server has the stack that its SQL needs. */
  readonly needsServer?: true;
  /** What the validator makes of it, instead of refusing it. */
  readonly validated?: string;
  /** Answer of the mutate endpoint if Zero refuses the whole message. */
  readonly status?: 400;
  /** SQLSTATEs with which Postgres may refuse it. */
  readonly states?: readonly string[];
}

const DEEP = 10_000;
const text = (length: number): string => 'x'.repeat(length);
const nested = `${'{"a":'.repeat(DEEP)}1${'}'.repeat(DEEP)}`;

/** Values of columns that no entry point may accept. */
export const BAD_ROWS: readonly BadRow[] = [
  {
    title: 'an array with NULL',
    column: 'tags',
    json: '["a", null]',
    sql: `'{a,NULL}'`,
    states: ['23514'],
  },
  {
    title: 'file patterns with NULL',
    column: 'relevantFilesPattern',
    json: '[null]',
    sql: `'{NULL}'`,
    states: ['23514'],
  },
  {
    title: 'a blank tag',
    column: 'tags',
    json: '["a", "  "]',
    sql: `'{a,"  "}'`,
    states: ['23514'],
  },
  {
    title: 'an array of arrays',
    column: 'tags',
    json: '[["a"], ["b"]]',
    sql: `'{{a},{b}}'`,
    states: ['23514'],
  },
  {
    title: '10 MB of metadata',
    column: 'metadata',
    json: `{"text": "${text(10_000_000)}"}`,
    sql: `jsonb_build_object('text', repeat('x', 10000000))`,
    states: ['23514'],
  },
  {
    title: 'metadata with 10,000 levels',
    column: 'metadata',
    json: nested,
    sql: `(repeat('{"a":', ${DEEP}) || '1' || repeat('}', ${DEEP}))::jsonb`,
    states: ['23514'],
    needsServer: true,
    status: 400,
  },
  {
    title: 'metadata that are no object',
    column: 'metadata',
    json: '[1]',
    sql: `'[1]'`,
    states: ['23514'],
  },
  {
    title: 'a number beyond those of JavaScript in metadata',
    column: 'metadata',
    json: '{"a": 1e400}',
    sql: `'{"a": 1e400}'`,
    states: ['23514'],
  },
  {
    title: 'a lone surrogate in a name',
    column: 'name',
    json: String.raw`"a\ud800"`,
    sql: String.raw`E'a\xed\xa0\x80'`,
    states: ['22021'],
    validated: 'a\ufffd',
  },
  {
    title: 'a lone surrogate in metadata',
    column: 'metadata',
    json: String.raw`{"a": "\udc00"}`,
    sql: String.raw`'{"a": "\udc00"}'`,
    states: ['22P02'],
  },
  {
    title: 'NUL in a name',
    column: 'name',
    json: String.raw`"a\u0000"`,
    sql: String.raw`E'a\x00'`,
    states: ['22021', '42601'],
  },
  {
    title: 'NUL in a tag',
    column: 'tags',
    json: String.raw`["a\u0000"]`,
  },
  {
    title: 'NUL in a key of metadata',
    column: 'metadata',
    json: String.raw`{"a\u0000": 1}`,
    sql: String.raw`'{"a\u0000": 1}'`,
    states: ['22P05'],
  },
  { title: 'a blank name', column: 'name', json: '" "', sql: `' '`, states: ['23514'] },
  {
    title: 'a description of 3,000 characters',
    column: 'description',
    json: `"${text(3_000)}"`,
    sql: `repeat('x', 3000)`,
    states: ['23514'],
  },
];

/** An INSERT with a bad value. */
export function badInsert(userId: string, { column, sql = '' }: BadRow): string {
  const values: Record<string, string> = {
    id: `'${newId()}'`,
    user_id: `'${userId}'`,
    name: `'p'`,
    description: `'d'`,
    language: `'sql'`,
    tags: `'{}'`,
    relevant_files_pattern: `'{}'`,
    metadata: `'{}'`,
    visibility: `'private'`,
    created_at: 'now()',
    updated_at: 'now()',
    [column === 'relevantFilesPattern' ? 'relevant_files_pattern' : column]: sql,
  };
  return `insert into packages (${Object.keys(values).join()}) values (${Object.values(values).join()})`;
}

/** A package that every entry point accepts, in the client's format. */
export const goodRow = (userId: string): Record<string, unknown> => ({
  id: newId(),
  userId,
  name: `package ${newId()}`,
  description: 'Something.',
  language: 'sql',
  setupPrompt: null,
  tags: ['a'],
  relevantFilesPattern: ['**/*.sql'],
  metadata: { level: 1 },
  visibility: 'private',
  categoryId: null,
  createdAt: 1_767_225_600_000,
  updatedAt: 1_767_225_600_000,
});
