/**
 * Follows docs/start.md, docs/testing.md and docs/deploy.md with the packed package: from an
 * empty folder to a page with a table of one's own, in Chromium, and to its deployment: `node test/start/empty-folder.ts`.
 */
import { equal, match } from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { chromium, type Page } from 'playwright-core';
import { findChromium } from '../browser/find-chromium.ts';
import { packInto, PackedProject } from '../package/packed-project.ts';
import { writeGuideTests } from './guide-tests.ts';
import { tryInitKinds } from './init-kinds.ts';
import { ownTable } from './own-table.ts';
import { startDev, type StartedDev } from './start-dev.ts';
import { tryDeployment } from './try-deployment.ts';

const LONG = { timeout: 60_000 };
const began = Date.now();
const step = (name: string): void => {
  const seconds = ((Date.now() - began) / 1000).toFixed(1).padStart(6);
  process.stdout.write(`${seconds} s  ${name}\n`);
};

const packed = mkdtempSync(join(tmpdir(), 'tarball-'));
try {
  using project = new PackedProject();
  const tarball = packInto(packed);
  step('packed');
  project.remove('package.json');
  project.install(tarball);
  project.run('npx', 'garden', 'init', '--yes');
  step('npm install, garden init');
  match(project.read('package.json'), /"@techgarden\/schema": "file:/);
  project.run('npx', 'tsc', '--noEmit');
  step('the written project type-checks');
  tryInitKinds(join(project.folder, 'node_modules'), step);
  project.run('npx', 'garden', 'validate', '--max-warnings', '0');
  const guideTests = writeGuideTests(project.folder);
  project.run('npm', 'test');
  step(`npm test passes, with ${guideTests.join(', ')} of docs/testing.md`);
  await tryPage(project.folder);
  await tryDeployment(project.folder, (...command) => project.run(...command), step);
  project.run('npx', 'tsc', '--noEmit');
  project.run('npx', 'garden', 'validate', '--max-warnings', '0');
  step('the project with the guides type-checks, and has no findings');
  step('done');
} finally {
  rmSync(packed, { recursive: true, force: true });
}

async function tryPage(folder: string): Promise<void> {
  await using dev = startDev(folder);
  const address = await dev.page;
  step('garden dev runs');
  const executablePath = findChromium(process.env);
  if (executablePath === undefined)
    throw new Error('no Chromium: test/browser/install-chromium.sh');
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    const open = async (user: RegExp): Promise<Page> => {
      const page = await (await browser.newContext()).newPage();
      await page.goto(address);
      await page.getByRole('button', { name: 'Sign in' }).click(LONG);
      await page.getByRole('button', { name: user }).click(LONG);
      return page;
    };
    const [ada, ben, eve] = await Promise.all([open(/Ada/), open(/Ben/), open(/Eve/)]);
    await tryExample(ada, ben, eve);
    await tryOwnTable(folder, dev, ada, ben);
  } finally {
    await browser.close();
  }
  equal(await dev.stop(), 0);
  step('Ctrl-C stops it');
}

async function tryExample(ada: Page, ben: Page, eve: Page): Promise<void> {
  const title = ada.getByLabel('Title of a new issue');
  const add = ada.getByRole('button', { name: 'Add', exact: true });
  await title.fill('From Ada', LONG);
  await add.click();
  await ben.getByText('From Ada').waitFor(LONG);
  await eve.getByText('You are in no organisation').waitFor(LONG);
  step('a member sees what another one writes, a stranger does not');
  await title.fill('  ');
  await add.click();
  await ada.getByRole('alert').getByText('title must not be blank').waitFor(LONG);
  step('a blank title is refused on the page');
  await ben
    .getByRole('listitem')
    .filter({ hasText: 'From Ada' })
    .getByRole('button', { name: 'Delete' })
    .click();
  await ben.getByRole('alert').getByText('denied: issues.delete').waitFor(LONG);
  await ben.getByText('From Ada').waitFor(LONG);
  step('a write that the rules refuse is shown');
}

async function tryOwnTable(folder: string, dev: StartedDev, ada: Page, ben: Page): Promise<void> {
  const own = ownTable(folder);
  own.addTable();
  const migrated = await dev.untilSaid(/0002_create_notes.*restarted the server/);
  own.addQuery();
  await dev.untilSaid(/restarted the server/, migrated);
  own.addToPage();
  await ada.getByRole('button', { name: 'Add a note' }).click(LONG);
  await ben.getByText('1 notes').waitFor(LONG);
  step('a table of its own is synced');
  const saved = Date.now();
  own.narrowRule();
  await ben.getByText('0 notes').waitFor(LONG);
  await ada.getByText('1 notes').waitFor(LONG);
  step(`a narrower rule takes effect in the open page, ${Date.now() - saved} ms after it is saved`);
}
