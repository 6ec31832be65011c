import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { expect, test } from 'vitest';
import { formatProblem } from './format-problem.ts';
import { FOUND } from './problem-codes.ts';
import { CANNOT_START } from './start-problem-codes.ts';
import type { Finding } from './problem.ts';

const root = join(import.meta.dirname, '../..');
const docs = join(root, 'docs/problems.md');

/** The codes in the source: `code: 'family/name'`, and any text of a known family. */
function codesInSource(): ReadonlySet<string> {
  const families = new Set(
    Object.keys({ ...CANNOT_START, ...FOUND }).map((code) => code.split('/')[0]),
  );
  const found = new Set<string>();
  for (const name of readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })) {
    if (!/\.tsx?$/.test(name) || /\.(?:test|test-d|fixture|gen)\.ts$/.test(name)) continue;
    if (name.endsWith('problem-codes.ts') || name.includes('page/')) continue;
    // A lint rule describes its own code, in docs/rules.md.
    if (/^check\/(?:rules\/|migrations\/|lint-rule)/.test(name)) continue;
    // So does the doctor, in docs/maintenance.md.
    if (/^maintain\/doctor\/|^project\/operate\//.test(name)) continue;
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
  ['| code | meaning |', '| --- | --- |']
    .concat(Object.entries(codes).map(([code, meaning]) => `| \`${code}\` | ${meaning} |`))
    .join('\n');

const example: Finding = {
  code: 'zero/big-integer',
  severity: 'warning',
  object: 'public.posts.view_count',
  places: [{ file: 'src/schema.ts', line: 5, name: 'posts.viewCount' }],
  message:
    'posts.viewCount is a number in Zero: a single value beyond 2^53 - 1 makes every query for it fail.',
  fix: 'keep larger values as text; or, if there are none, set zero.tables.posts.columns.viewCount: true (or false).',
  stage: 'generate',
};

const page = `# Problems

Every problem has a stable code, a message, places, and a fix. Commands print problems, \`--json\` prints them as data, and a program finds them in \`ProblemError.problem\`.

A command prints a problem as text:

\`\`\`
${formatProblem(example)}
\`\`\`

With \`--json\` the same problem is:

\`\`\`json
${JSON.stringify(example, undefined, 2)}
\`\`\`

- \`severity\` is \`error\` or \`warning\`. Only findings have it; a command reports all findings together.
- \`object\` is the database object with its schema. A relation is named as in the code: \`posts.author\`. Absent if the problem is not about a single object.
- \`places\` are files. Paths below the current folder are relative to it. \`line\` is absent if the problem is about the whole file; \`name\` is the name of the object in the code.
- \`context\` lists other locations: a database, an address, a session, the text of a statement.
- \`stage\` is the stage that found the problem: \`config\`, \`load\` (running the schema), \`read\` (the tables), \`relations\`, \`rules\`, \`generate\` or \`migrate\`. Other commands omit it.

<!-- Generated from src/report/problem-codes.ts: \`UPDATE_DOCS=1 npx vitest run src/report/problem-codes\`. -->

## The command cannot start: exit code 2

${table(CANNOT_START)}

## The command found a problem: exit code 1

The codes \`lint/…\` of \`garden validate\` are described in [rules.md](rules.md), and \`doctor/…\` of \`garden doctor\` in [maintenance.md](maintenance.md).

${table(FOUND)}
`;

/** Codes that the search misses: composed ones, `cli/unknown-${what}`, and those of the page. */
const ELSEWHERE: ReadonlySet<string> = new Set(['cli/unknown-command', 'access/denied']);

test('the list contains exactly the codes in the source', () => {
  const listed = new Set(Object.keys({ ...CANNOT_START, ...FOUND }));
  const source = codesInSource();
  expect([...source].filter((code) => !listed.has(code))).toEqual([]);
  expect([...listed].filter((code) => !source.has(code) && !ELSEWHERE.has(code))).toEqual([]);
  expect(listed.size).toBe(Object.keys(CANNOT_START).length + Object.keys(FOUND).length);
});

test('docs/problems.md is generated from the list', () => {
  if (process.env['UPDATE_DOCS'] !== undefined) writeFileSync(docs, page);
  const squeeze = (text: string): string =>
    text.replaceAll(/ +\|/g, ' |').replaceAll(/-{3,}/g, '---');
  expect(squeeze(readFileSync(docs, 'utf8'))).toBe(squeeze(page));
});
