import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { nodeStart, startReference } from '../../frame/node-start.ts';
import type { Context, Measurement } from '../../frame/suite.ts';
import type { Target } from '../../frame/target.ts';
import { findChromium } from '../../../test/browser/find-chromium.ts';

const NAME = 'clean clone to a synced page';

/**
 * The target was 20 s on the machine of REPORT.md, where `node -e 0` takes 29 ms; see the suite
 * `generate`.
 */
const TARGET: Target = 'at most 690 × node -e 0';

/** Time from `npm start` in a clean clone with installed packages until the page shows packages. */
export async function* measureStart({
  contestProcesses,
  root,
  progress,
  signal,
}: Context): AsyncGenerator<Measurement, void> {
  const executablePath = findChromium(process.env);
  if (executablePath === undefined) {
    progress('no Chromium; install it with test/browser/install-chromium.sh');
    yield { name: NAME, value: null, unit: 's', target: TARGET };
    return;
  }
  const { chromium } = await import('playwright-core');
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    const seconds: number[] = [];
    for (let round = 0; round < 3; round += 1) {
      signal.throwIfAborted();
      progress(`a clean clone, round ${round + 1} of 3`);
      seconds.push(
        await startOnce(root, async (url) => {
          const page = await browser.newPage();
          await page.goto(url);
          await page.locator('main a[href^="/package/"]').first().waitFor({ timeout: 60_000 });
          await page.close();
        }),
      );
    }
    progress('node -e 0');
    const { start } = await contestProcesses({ start: nodeStart }, { rounds: 15 });
    const [minimum, median, maximum] = seconds.toSorted((a, b) => a - b) as [
      number,
      number,
      number,
    ];
    yield {
      name: NAME,
      value: median,
      unit: 's',
      reference: startReference(start.time),
      target: TARGET,
      spread: { minimum, maximum },
    };
  } finally {
    await browser.close();
  }
}

async function startOnce(root: string, look: (url: string) => Promise<void>): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'garden-clone-'));
  await promisify(execFile)('chmod', ['755', folder]);
  const clone = join(folder, 'clone');
  try {
    await promisify(execFile)('git', ['clone', '--quiet', root, clone]);
    await symlink(join(root, 'node_modules'), join(clone, 'node_modules'));
    const started = performance.now();
    const child = spawn('npm', ['start'], {
      cwd: clone,
      stdio: ['ignore', 'pipe', 'inherit'],
      detached: true,
    });
    const ended = once(child, 'exit');
    try {
      const url = await new Promise<string>((resolve, reject) => {
        createInterface({ input: child.stdout }).on('line', (line) => {
          const found = /The garden\s+(http:\S+)/.exec(line)?.[1];
          if (found !== undefined) resolve(found);
        });
        void ended.then(() => reject(new Error('npm start ended')));
      });
      await look(url);
      return (performance.now() - started) / 1000;
    } finally {
      if (child.exitCode === null && child.pid !== undefined) process.kill(-child.pid, 'SIGINT');
      await ended;
    }
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
