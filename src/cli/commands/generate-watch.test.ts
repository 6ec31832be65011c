import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CONFIG, testProject } from '../generate/project.fixture.ts';

const table = (name: string, column: string): string =>
  `import { pgTable, text } from 'drizzle-orm/pg-core';
export const ${name} = pgTable('${name}', { ${column}: text().primaryKey() });\n`;

test('--watch reacts to every relevant change, survives mistakes, and ends on Ctrl-C', async () => {
  using project = testProject({
    'drizzle.config.ts': CONFIG.replace('./schema.ts', './db/**/*.ts'),
    'db/notes.ts': 'export const = 1;',
  });
  const file = join(project.folder, 'zero-schema.gen.ts');
  const has = (text: string): boolean =>
    existsSync(file) && readFileSync(file, 'utf8').includes(text);
  const write = (name: string, text: string) => (): void => project.write({ [name]: text });
  const steps: readonly [(told: string) => boolean, () => void][] = [
    [
      (told) => told.includes('generate/cannot-load: notes.ts'),
      write('db/notes.ts', table('notes', 'id')),
    ],
    [() => has('notes: {'), write('db/deeper/tags.ts', table('tags', 'id'))],
    [
      () => has('tags: {'),
      write('garden.config.ts', 'export default { zero: { tables: { tags: false } } };'),
    ],
    [() => has('notes: {') && !has('tags: {'), write('lib/kinds.ts', 'export const = 1;')],
    [() => true, write('db/notes.ts', `import '../lib/kinds';\n${table('notes', 'heading')}`)],
    [
      (told) => told.includes('generate/cannot-load: kinds.ts'),
      write('lib/kinds.ts', 'export const kind = 1;'),
    ],
    [() => has('heading: {'), () => rmSync(file)],
    [() => !existsSync(file), write('db/notes.ts', table('notes', 'title'))],
  ];
  let step = 0;
  const ran = await project.spawn(['zero', '--watch'], (told) => {
    const [ready, next] = steps[step] ?? [];
    if (ready?.(told)) {
      next?.();
      step += 1;
    }
    return step === steps.length && has('title: {');
  });
  expect(ran.code).toBe(0);
  expect(ran.out).toContain('Waiting for changes');
});
