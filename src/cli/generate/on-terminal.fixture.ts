import { spawn } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { root, type TestProject } from './project.fixture.ts';

/** Runs `garden generate` on a terminal and selects the second answer. */
export async function onTerminal(
  { folder }: TestProject,
  key = '\u001B[B',
): Promise<{ code: number | null; out: string }> {
  const command = `'${process.execPath}' '${join(root, 'src/main.ts')}' generate`;
  const child = spawn('script', ['-qec', command, '/dev/null'], {
    cwd: folder,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let out = '';
  let answered = false;
  child.stdout.on('data', (data: Buffer) => {
    out += data.toString();
    if (answered || !out.includes('rename column')) return;
    answered = true;
    child.stdin.write(key);
    setTimeout(() => child.stdin.write('\r'), 100);
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  return { code, out };
}
