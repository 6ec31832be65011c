import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CONFIG, testProject } from '../generate/project.fixture.ts';

const table = (name: string, column: string): string =>
  `import { pgTable, text } from 'drizzle-orm/pg-core';
export const ${name} = pgTable('${name}', { ${column}: text().primaryKey() });\n`;

test('--watch follows whatever counts, survives mistakes, and ends on Ctrl-C', async () => {
  using project = testProject({
    'drizzle.config.ts': CONFIG.replace('./schema.ts', './db/**/*.ts'),
    'db/notes.ts': 'export const = 1;',
  });
  const file = join(project.folder, 'zero-schema.gen.ts');
  const has = (text: string): boolean =>
    existsSync(file) && readFileSync(file, 'utf8').includes(text);
  let since = Date.now();
  // Nothing but the message tells that a mistake was seen.
  const seen = (): boolean => Date.now() > since + 1_500;
  const write = (name: string, text: string) => (): void => {
    since = Date.now();
    project.write({ [name]: text });
  };
  const steps: readonly [() => boolean, () => void][] = [
    [seen, write('db/notes.ts', table('notes', 'id'))],
    [() => has('notes: {'), write('db/deeper/tags.ts', table('tags', 'id'))],
    [
      () => has('tags: {'),
      write('garden.config.ts', 'export default { zero: { tables: { tags: false } } };'),
    ],
    [() => has('notes: {') && !has('tags: {'), write('lib/kinds.ts', 'export const = 1;')],
    [() => true, write('db/notes.ts', `import '../lib/kinds';\n${table('notes', 'heading')}`)],
    [seen, write('lib/kinds.ts', 'export const kind = 1;')],
    [() => has('heading: {'), () => rmSync(file)],
    [() => !existsSync(file), write('db/notes.ts', table('notes', 'title'))],
  ];
  let step = 0;
  const ran = await project.spawn(['zero', '--watch'], () => {
    const [ready, next] = steps[step] ?? [];
    if (ready?.()) {
      next?.();
      step += 1;
    }
    return step === steps.length && has('title: {');
  });
  expect(ran.code).toBe(0);
  expect(ran.out).toContain('Waiting for changes');
  expect(ran.err).toContain('generate/cannot-load: notes.ts');
  expect(ran.err).toContain('generate/cannot-load: kinds.ts');
});
