import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { expect, test } from 'vitest';
import { formatProblem } from './format-problem.ts';
import { CANNOT_START, FOUND } from './problem-codes.ts';
import type { Finding } from './problem.ts';

const root = join(import.meta.dirname, '../..');
const docs = join(root, 'docs/problems.md');

/** The codes in the source: `code: 'family/name'`, and any text that looks like one of theirs. */
function codesInSource(): ReadonlySet<string> {
  const families = new Set(
    Object.keys({ ...CANNOT_START, ...FOUND }).map((code) => code.split('/')[0]),
  );
  const found = new Set<string>();
  for (const name of readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })) {
    if (!/\.tsx?$/.test(name) || /\.(?:test|test-d|fixture|gen)\.ts$/.test(name)) continue;
    if (name.endsWith('problem-codes.ts') || name.includes('page/')) continue;
    const text = readFileSync(join(root, 'src', name), 'utf8');
    for (const [, code = ''] of text.matchAll(/code: [^\n]*?['`]([a-z]+\/[a-z0-9-]+)['`]/g)) {
      found.add(code);
    }
    for (const [, code = ''] of text.matchAll(/'([a-z]+\/[a-z0-9-]+)'/g)) {
      if (families.has(code.split('/')[0])) found.add(code);
    }
  }
  return found;
}

const table = (codes: Readonly<Record<string, string>>): string =>
  ['| code | what it means |', '| --- | --- |']
    .concat(Object.entries(codes).map(([code, meaning]) => `| \`${code}\` | ${meaning} |`))
    .join('\n');

const example: Finding = {
  code: 'zero/big-integer',
  severity: 'warning',
  object: 'public.posts.view_count',
  places: [{ file: 'src/schema.ts', line: 5, name: 'posts.viewCount' }],
  message:
    'posts.viewCount is a number in Zero: one value beyond 2^53 - 1 makes every query of it fail.',
  fix: 'keep larger values as text; or, where there are none, settle it with zero.tables.posts.columns.viewCount: true (or false).',
  stage: 'generate',
};

const page = `# Problems

Every problem has a stable code, a sentence, places, and a fix. Commands print them, \`--json\` gives them as data, and a program finds them in \`ProblemError.problem\`.

A command prints a problem for a person:

\`\`\`
${formatProblem(example)}
\`\`\`

With \`--json\` the same problem is:

\`\`\`json
${JSON.stringify(example, undefined, 2)}
\`\`\`

- \`severity\` belongs to findings, of which a command reports all at once: \`error\` or \`warning\`.
- \`object\` is the database object with its schema. A relation is named as in the code: \`posts.author\`. Absent where the problem is about no single object.
- \`places\` are files, relative to the current folder where they are below it. \`line\` is absent where the whole file is meant; \`name\` is what stands there, as the code names it.
- \`context\` has what is outside of files: a database, an address, a session, the text of a statement.
- \`stage\` says what found it: \`config\`, \`load\` (running the schema), \`read\` (the tables and relations), \`rules\`, \`generate\` or \`migrate\`. Other commands leave it out.

<!-- Made from src/report/problem-codes.ts: \`UPDATE_DOCS=1 npx vitest run src/report/problem-codes\`. -->

## The command cannot start: exit code 2

${table(CANNOT_START)}

## The command found something, or refused: exit code 1

${table(FOUND)}
`;

/** What is written in parts, \`cli/unknown-\${what}\`, and what only clients of the page see. */
const ELSEWHERE: ReadonlySet<string> = new Set(['cli/unknown-command', 'access/denied']);

test('every code of the source is in the list, and nothing else is', () => {
  const listed = new Set(Object.keys({ ...CANNOT_START, ...FOUND }));
  const source = codesInSource();
  expect([...source].filter((code) => !listed.has(code))).toEqual([]);
  expect([...listed].filter((code) => !source.has(code) && !ELSEWHERE.has(code))).toEqual([]);
  expect(listed.size).toBe(Object.keys(CANNOT_START).length + Object.keys(FOUND).length);
});

test('docs/problems.md is the list', () => {
  if (process.env['UPDATE_DOCS'] !== undefined) writeFileSync(docs, page);
  const squeeze = (text: string): string =>
    text.replaceAll(/ +\|/g, ' |').replaceAll(/-{3,}/g, '---');
  expect(squeeze(readFileSync(docs, 'utf8'))).toBe(squeeze(page));
});
