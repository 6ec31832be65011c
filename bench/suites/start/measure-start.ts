import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import type { Browser, Page } from 'playwright-core';
import { findChromium } from '../../../test/browser/find-chromium.ts';
import type { Context, Measurement } from '../../frame/suite.ts';
import { projectByHand } from './by-hand.ts';
import { ourProject, type OurProject } from './ours.ts';
import { FIRST_ROW, type Project } from './project.ts';

const LONG = { timeout: 120_000 };

/** The rule that is changed: who reads a comment. */
const RULE = 'read: canReadIssue(t.issueId),';
const NARROWED = 'read: and(canReadIssue(t.issueId), owner(t.createdBy)),';
const HIDDEN_ROW = 'It is in src/db/schema.ts.';

interface Start {
  readonly prepare: number;
  readonly firstRow: number;
  readonly page: Page;
}

/** Both projects in one run, one after the other, because both install packages. */
export async function* measureStart({
  progress,
  signal,
}: Context): AsyncGenerator<Measurement, void> {
  const executablePath = findChromium(process.env);
  if (executablePath === undefined) {
    progress('no Chromium; install it with test/browser/install-chromium.sh');
    yield { name: 'npm run dev to the first synced row on the page', value: null, unit: 's' };
    return;
  }
  const { chromium } = await import('playwright-core');
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    const peerProject = await projectByHand();
    const peer = await inProject(peerProject, async () => {
      progress('the project by hand');
      return startOnce(peerProject, browser);
    });
    signal.throwIfAborted();
    progress('packing');
    const project = ourProject();
    yield* written(project, peerProject);
    yield* await inProject(project, async () => {
      progress('garden init and garden dev');
      const ours = await startOnce(project, browser);
      progress('changing a rule');
      return [
        {
          name: 'install packages and generate files, npm included',
          value: ours.prepare,
          unit: 's',
          peer: peer.prepare,
        },
        {
          name: 'npm run dev to the first synced row on the page',
          value: ours.firstRow,
          unit: 's',
          peer: peer.firstRow,
        },
        await changeRule(project, ours.page),
      ];
    });
  } finally {
    await browser.close();
  }
}

/** Disposes of the project in any case. */
async function inProject<Result>(project: Project, use: () => Promise<Result>): Promise<Result> {
  try {
    return await use();
  } finally {
    await project[Symbol.asyncDispose]();
  }
}

function* written(ours: Project, peer: Project): Generator<Measurement, void> {
  const linesOf = (project: Project): number =>
    [...project.written.values()]
      .flatMap((text) => text.split('\n'))
      .filter((line) => line.trim() !== '').length;
  yield {
    name: 'commands, with npm run dev',
    value: ours.commands.length + 1,
    unit: 'commands',
    peer: peer.commands.length + 1,
  };
  yield {
    name: 'files written by hand',
    value: ours.written.size,
    unit: 'files',
    peer: peer.written.size,
    target: 'at most 0 files',
  };
  yield {
    name: 'lines written by hand',
    value: linesOf(ours),
    unit: 'lines',
    peer: linesOf(peer),
    target: 'at most 0 lines',
  };
}

async function startOnce(project: Project, browser: Browser): Promise<Start> {
  const began = performance.now();
  await project.prepare();
  const prepared = performance.now();
  const address = await project.start();
  const page = await browser.newPage();
  await page.goto(address);
  await project.signIn(page);
  await page.getByText(FIRST_ROW).waitFor(LONG);
  const seconds = (from: number, to: number): number => (to - from) / 1000;
  return {
    prepare: seconds(began, prepared),
    firstRow: seconds(prepared, performance.now()),
    page,
  };
}

/** From saving a narrower rule until its row is gone from an open page. */
async function changeRule({ folder }: OurProject, page: Page): Promise<Measurement> {
  const file = join(folder, 'src/db/schema.ts');
  const save = async (from: string, to: string): Promise<void> => {
    const text = await readFile(file, 'utf8');
    if (!text.includes(from)) throw new Error(`the example has no ${from}`);
    await writeFile(
      file,
      text.replace(from, () => to),
    );
  };
  const row = page.getByText(HIDDEN_ROW);
  const seconds: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    await row.waitFor(LONG);
    const saved = performance.now();
    await save(RULE, NARROWED);
    await row.waitFor({ ...LONG, state: 'detached' });
    seconds.push((performance.now() - saved) / 1000);
    await save(NARROWED, RULE);
  }
  const [minimum, median, maximum] = seconds.toSorted((a, b) => a - b) as [number, number, number];
  return {
    // zero-cache resolves queries again each second, but caches the result for 5 s.
    name: 'saved rule to its effect in an open page (zero-cache caches queries for 5 s)',
    value: median,
    unit: 's',
    spread: { minimum, maximum },
  };
}
