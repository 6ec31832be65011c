import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../src/kit/index.ts';
import { docBlocks, projectFile, readDoc } from '../docs-examples/doc-blocks.ts';
import {
  startChangingApp,
  type ChangingApp,
  type OpenPage,
  type Version,
} from './changing-app.fixture.ts';

// docs/change.md: its changes are made one after another, while pages are open.

const PATIENT = { timeout: 30_000, interval: 100 };
const [ada, ben] = [newId(), newId()];

let app: ChangingApp;
let version: Version;
beforeAll(async () => {
  ({ app, first: version } = await startChangingApp(
    projectFile('docs/change.md', 'src/db/schema.ts'),
  ));
});
afterAll(() => app[Symbol.asyncDispose]());

/** Applies the change of a section of the guide to the tables. */
const change = (heading: string): Promise<Version> => {
  const section = readDoc('docs/change.md')
    .split(/^## /m)
    .find((text) => text.startsWith(heading));
  const diff = docBlocks(section ?? '').find(({ language }) => language === 'diff');
  const lines = (diff?.text ?? '').split('\n').filter((line) => line !== '');
  const text = (sign: string): string =>
    lines
      .flatMap((line) => (line.startsWith(sign) || line.startsWith(' ') ? [line.slice(1)] : []))
      .join('\n');
  return app.edit((schema) => schema.replace(text('-'), () => text('+')));
};
const titles = (page: OpenPage) => page.rows().map((row) => row['title']);
const task = (title: string, createdBy: string) => ({ id: newId(), title, createdBy });

test('a narrowed rule removes the rows from an open page, and refuses writes at once', async () => {
  const [first, second] = [await app.open(version, ada), await app.open(version, ben)];
  expect(await first.insert(task('Of Ada', ada))).toBe('success');
  await expect.poll(() => titles(second), PATIENT).toEqual(['Of Ada']);
  const started = Date.now();
  version = await change('Narrow a rule');
  await app.migrate();
  app.serve(version);
  expect(await second.insert(task('As Ada', ada))).toContain('denied: tasks.insert');
  await expect.poll(() => titles(second), PATIENT).toEqual([]);
  expect(Date.now() - started).toBeLessThan(20_000);
  expect(titles(first)).toEqual(['Of Ada']);
  expect(first.mustReload() || second.mustReload()).toBe(false);
});

test('an added column disturbs no open page, and a new page gets it', async () => {
  const old = await app.open(version, ada);
  version = await change('Add a column');
  await app.migrate();
  app.serve(version);
  const fresh = await app.open(version, ada);
  expect(await old.insert(task('From an old page', ada))).toBe('success');
  await expect
    .poll(() => fresh.rows(), PATIENT)
    .toContainEqual(expect.objectContaining({ title: 'From an old page', estimate: null }));
  expect(await fresh.insert({ ...task('From a new page', ada), estimate: 'an hour' })).toBe(
    'success',
  );
  await expect.poll(() => titles(old), PATIENT).toContain('From a new page');
  expect(old.hasNewerTab()).toBe(true);
  expect(old.mustReload()).toBe(false);
});

test('a renamed property keeps open pages reading, and refuses their writes to it', async () => {
  const old = await app.open(version, ada);
  const migrations = Object.keys(app.project.migrations());
  const next = await change('Rename a column');
  expect(Object.keys(app.project.migrations())).toEqual(migrations);
  version = next;
  app.serve(version);
  const fresh = await app.open(version, ada);
  expect(await fresh.insert({ ...task('Renamed', ada), effort: 'a day' })).toBe('success');
  await expect
    .poll(() => old.rows(), PATIENT)
    .toContainEqual(expect.objectContaining({ title: 'Renamed', estimate: 'a day' }));
  expect(await old.insert({ ...task('Old', ada), estimate: 'a week' })).toContain(
    'tasks has no column estimate',
  );
  await expect.poll(() => titles(old), PATIENT).not.toContain('Old');
  expect(await old.insert(task('Without it', ada))).toBe('success');
  expect(old.mustReload()).toBe(false);
});

test('a dropped column makes pages reload that declare it, and no others', async () => {
  const old = await app.open(version, ada);
  await expect.poll(() => titles(old), PATIENT).toContain('Of Ada');
  version = await change('Drop a column');
  const fresh = await app.open(version, ada);
  await expect.poll(() => titles(fresh), PATIENT).toContain('Of Ada');
  app.serve(version);
  expect(await old.insert({ ...task('Red', ada), color: 'red' })).toContain(
    'tasks has no column color',
  );
  expect(await old.insert(task('Colorless', ada))).toBe('success');
  expect(old.mustReload()).toBe(false);
  await app.migrate();
  await expect.poll(old.mustReload, PATIENT).toBe(true);
  expect(await fresh.insert(task('Afterwards', ada))).toBe('success');
  expect(fresh.mustReload()).toBe(false);
});

test('a renamed column makes pages reload that declare the old name', async () => {
  const old = await app.open(version, ada);
  await expect.poll(() => titles(old), PATIENT).toContain('Afterwards');
  await app.sql('alter table tasks rename column estimate to effort');
  await expect.poll(old.mustReload, PATIENT).toBe(true);
  expect(app.errors).toEqual([]);
});
