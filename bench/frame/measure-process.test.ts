import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { measureProcess } from './measure-process.ts';

const node = (script: string): { file: string; args: string[] } => ({
  file: process.execPath,
  args: ['-e', script],
});

describe('measureProcess', () => {
  test('measures the time of the whole process', async () => {
    const { ns } = await measureProcess(node('setTimeout(() => {}, 300)'));
    expect(ns).toBeGreaterThan(300e6);
  });

  test.runIf(process.platform === 'linux')('measures the memory of a descendant', async () => {
    // Runs for a while, because a sample could miss a short process on a busy machine.
    const child = 'globalThis.kept = Buffer.alloc(200e6, 1); setTimeout(() => {}, 600)';
    const script = `require('node:child_process').spawnSync(process.execPath, ['-e', '${child}'])`;
    const { memory } = await measureProcess(node(script));
    expect(memory!.largestBytes).toBeGreaterThan(200e6);
    expect(memory!.largestBytes).toBeLessThan(320e6);
    expect(memory!.treeBytes).toBeGreaterThanOrEqual(memory!.largestBytes);
  });

  test.runIf(process.platform === 'linux')(
    'does not measure the memory of the parent',
    async () => {
      const kept = Buffer.alloc(400e6, 1);
      const { memory } = await measureProcess(node('setTimeout(() => {}, 300)'));
      expect(memory!.largestBytes).toBeLessThan(kept.length / 2);
    },
  );

  test('a failing process is an error with the end of its output', async () => {
    const run = measureProcess(node('console.error("no table"); process.exitCode = 3'));
    await expect(run).rejects.toMatchObject({
      problem: { code: 'bench/process-failed', context: [expect.any(String), 'no table'] },
    });
  });

  test('another exit code may be a success', async () => {
    const command = { ...node('process.exitCode = 1'), codes: [0, 1] };
    expect((await measureProcess(command)).ns).toBeGreaterThan(0);
    await expect(measureProcess({ ...command, codes: [0, 2] })).rejects.toThrow('it ended with 1');
  });

  test('a program that does not exist is an error', async () => {
    await expect(measureProcess({ file: 'no-such-program' })).rejects.toMatchObject({
      problem: { message: expect.stringContaining('ENOENT') },
    });
  });

  test.runIf(process.platform !== 'win32')('an abort ends descendants too', async () => {
    // Checks for output instead of the process id: an ended orphan keeps its id until init reaps it.
    const descendant = 'setInterval(() => fs.appendFileSync(process.env.LIFE_SIGNS, "."), 10)';
    const script = `
      require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(descendant)}]);
      setTimeout(() => {}, 60000);`;
    const folder = await mkdtemp(join(tmpdir(), 'bench-'));
    const file = join(folder, 'life-signs');
    const lifeSigns = async (): Promise<number> =>
      (await stat(file).catch(() => ({ size: 0 }))).size;
    try {
      const interrupt = new AbortController();
      const run = measureProcess({ ...node(script), env: { LIFE_SIGNS: file } }, interrupt);
      // Awaited from the start, because the rejection occurs while the test awaits something else.
      const outcome = run.catch((error: unknown) => error);
      await expect.poll(lifeSigns, { timeout: 10_000 }).toBeGreaterThan(0);
      interrupt.abort();
      expect(await outcome).toMatchObject({ name: 'AbortError' });
      await setTimeout(100);
      const last = await lifeSigns();
      await setTimeout(200);
      expect(await lifeSigns()).toBe(last);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
