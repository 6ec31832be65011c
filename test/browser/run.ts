// Drives the example page in a real Chromium, with a real stack: `npm run test:browser`, or
// `npm run test:browser -- offline` for the scenarios with `offline` in their name.
import { styleText } from 'node:util';
import { chromium, type Browser } from 'playwright-core';
import { findChromium } from './find-chromium.ts';
import { openGarden, type OpenGarden } from './open-garden.ts';
import type { Scenario } from './scenario.ts';
import { adminScenarios } from './scenarios/admin.ts';
import { browseScenarios } from './scenarios/browse.ts';
import { devSignInScenarios } from './scenarios/dev-sign-in.ts';
import { keyboardScenarios } from './scenarios/keyboard.ts';
import { lookScenarios } from './scenarios/looks.ts';
import { principalScenarios } from './scenarios/principals.ts';
import { requestScenarios } from './scenarios/requests.ts';
import { syncScenarios } from './scenarios/sync.ts';
import { openVisitor, type Visitor } from './visitor.ts';

const wanted = process.argv[2] ?? '';
const scenarios = [
  ...browseScenarios,
  ...syncScenarios,
  ...requestScenarios,
  ...principalScenarios,
  ...devSignInScenarios,
  ...keyboardScenarios,
  ...adminScenarios,
  ...lookScenarios,
].filter(({ name }) => name.includes(wanted));

process.exitCode = await main();

async function main(): Promise<number> {
  const executablePath = findChromium(process.env);
  if (executablePath === undefined) {
    say('There is no Chromium here: apt-get install chromium, or name one in CHROMIUM.');
    return 2;
  }
  const start = performance.now();
  await using garden = await openGarden((line) => say(styleText('dim', `  ${line}`)));
  const browser = await chromium.launch({
    executablePath,
    // Chromium's sandbox needs privileges that containers do not have.
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  });
  let failed = 0;
  try {
    for (const scenario of scenarios) {
      if (!(await perform(scenario, garden, browser))) failed += 1;
    }
  } finally {
    await browser.close();
  }
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  say(`\n${scenarios.length - failed} passed, ${failed} failed, in ${seconds} s`);
  return failed === 0 && scenarios.length > 0 ? 0 : 1;
}

async function perform(scenario: Scenario, garden: OpenGarden, browser: Browser): Promise<boolean> {
  const visitors: Visitor[] = [];
  const start = performance.now();
  const visit = async (options?: Parameters<typeof openVisitor>[2]): Promise<Visitor> => {
    const visitor = await openVisitor(browser, garden.url, options);
    visitors.push(visitor);
    return visitor;
  };
  try {
    await scenario.run({ garden, visit });
    const { expects } = scenario;
    const complaints = visitors
      .flatMap((one) => one.complaints)
      .filter((text) => expects?.test(text) !== true);
    if (complaints.length > 0) throw new Error(`the console says:\n${complaints.join('\n')}`);
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    say(`${styleText('green', '✓')} ${scenario.name} ${styleText('dim', `${seconds} s`)}`);
    return true;
  } catch (error) {
    say(`${styleText('red', '✗')} ${scenario.name}\n${indent(error)}`);
    for (const { page, complaints } of visitors) {
      say(indent(`at ${page.url()} ${complaints.join('\n').slice(0, 1000)}`));
      say(
        indent(
          await page
            .locator('body')
            .ariaSnapshot()
            .catch(() => 'the page is gone'),
        ),
      );
    }
    return false;
  } finally {
    for (const visitor of visitors) await visitor.close();
  }
}

function indent(what: unknown): string {
  const text = what instanceof Error ? (what.stack ?? what.message) : String(what);
  return text.replaceAll(/^/gm, '    ');
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
