import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { kit, testProject, type TestProject } from '../../src/cli/generate/project.fixture.ts';
import { accessRules } from '../../src/server.ts';
import { migrate } from '../../src/migrations/index.ts';
import { blankPostgres } from '../../src/testing/blank-postgres.fixture.ts';
import { compareAccess } from '../../src/testing.ts';
import { docBlocks, readDoc } from '../docs-examples/doc-blocks.ts';
import { CLAIMS, NOBODY, QUESTIONS, ROWS } from './common-rules-questions.ts';

const GUIDE = readDoc('docs/common-rules.md');
const files = docBlocks(GUIDE).flatMap(({ file, text }) =>
  file === undefined
    ? []
    : [[file, text.replaceAll("'@techgarden/schema/kit'", () => kit)] as const],
);

let project: TestProject;
let client: PGlite;
let generated: { readonly code: number | null; readonly out: string; readonly err: string };
beforeAll(async () => {
  project = testProject({
    ...Object.fromEntries(files),
    'drizzle.config.ts': `export default { dialect: 'postgresql', schema: './src/db/*.ts', out: './migrations' };`,
  });
  generated = await project.generate();
  client = await blankPostgres();
  await migrate(client, { folder: join(project.folder, 'migrations') });
});
afterAll(async () => {
  await client.close();
  project[Symbol.dispose]();
});

interface Cell {
  readonly question: string;
  readonly who: string;
  readonly may: string;
}

/** The cells of the tables that say who may do what. */
const cells: readonly Cell[] = [...GUIDE.matchAll(/^\| who may .*\n(?:\|.*\n)+/gm)].flatMap(
  ([table]) => {
    const [[, ...people] = [], , ...rows] = table
      .trim()
      .split('\n')
      .map((line) =>
        line
          .split('|')
          .slice(1, -1)
          .map((cell) => cell.trim()),
      );
    return rows.flatMap(([question = '', ...answers]) =>
      people.map((who, at) => ({ question, who, may: answers[at] ?? '' })),
    );
  },
);

test('the tables of the guide say who may do what', async () => {
  expect(new Set(cells.map(({ question }) => question))).toEqual(new Set(Object.keys(QUESTIONS)));
  await client.exec('begin');
  await client.exec(ROWS);
  const asked: Cell[] = [];
  for (const { question, who } of cells) {
    const claims = CLAIMS[who] as { readonly sub?: string };
    const sql = QUESTIONS[question]?.replaceAll('ME', `'${claims.sub ?? NOBODY}'`) ?? '';
    await client.exec('savepoint question');
    await client.query(
      "select set_config('role', 'app_user', true), set_config('request.jwt.claims', $1, true)",
      [JSON.stringify(claims)],
    );
    const may = await client.query(sql).then(
      ({ rows }) => rows.length > 0,
      (error: { readonly code?: string }) => {
        // Anything but a refusal by a policy or a grant is a mistake of this test.
        expect(error).toMatchObject({ code: '42501' });
        return false;
      },
    );
    await client.exec('rollback to savepoint question');
    asked.push({ question, who, may: may ? 'yes' : 'no' });
  }
  await client.exec('rollback');
  expect(asked).toEqual(cells);
});

test('the rules of the guide have no findings, and Zero decides like Postgres', async () => {
  // A rule that may allow hidden rows is a warning.
  expect(generated).toMatchObject({ code: 0, err: '', out: expect.not.stringMatching(/warning/i) });
  const { code, out } = await project.garden(['validate', '--max-warnings', '0']);
  expect({ code, out }).toMatchObject({ code: 0 });
  const modules = await Promise.all(
    files.map(
      ([file]) =>
        import(pathToFileURL(join(project.folder, file)).href) as Promise<Record<string, unknown>>,
    ),
  );
  const rules = accessRules(Object.assign({}, ...modules) as Record<string, unknown>);
  const { enforcers, telling } = await compareAccess({ client, rules, cases: 30, seed: 1 });
  expect(enforcers.length).toBeGreaterThan(2);
  expect(telling).toBeGreaterThan(0.3);
});
