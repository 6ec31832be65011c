import { spawn } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';

const root = join(import.meta.dirname, '../../..');
/** How a schema of the tests imports the kit: drizzle-kit loads it as CommonJS, where a URL is no path. */
export const kit: string = JSON.stringify(join(root, 'src/kit/index.ts'));

interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A user's project in a temporary folder, where `garden` runs as its users run it. */
export interface TestProject extends Disposable {
  readonly folder: string;
  write(files: Readonly<Record<string, string>>): void;
  /** Every file below the migrations folder, with its text. */
  migrations(): Readonly<Record<string, string>>;
  /** `killWhen` sends SIGINT as soon as it is true. */
  generate(args?: readonly string[], killWhen?: () => boolean): Promise<Ran>;
}

export const CONFIG = `export default { dialect: 'postgresql', schema: './schema.ts', out: './migrations' };\n`;

export function testProject(files: Readonly<Record<string, string>>): TestProject {
  const folder = mkdtempSync(join(tmpdir(), 'garden-generate-test-'));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const write = (more: Readonly<Record<string, string>>): void => {
    for (const [name, text] of Object.entries(more)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
  };
  write({ 'package.json': '{ "type": "module" }', 'drizzle.config.ts': CONFIG, ...files });
  return {
    folder,
    write,
    migrations() {
      const out = join(folder, 'migrations');
      const entries = readdirSync(out, { recursive: true, withFileTypes: true });
      return Object.fromEntries(
        entries
          .filter((entry) => entry.isFile())
          .map((entry) => join(entry.parentPath, entry.name))
          .map((file) => [file.slice(out.length + 1), readFileSync(file, 'utf8')]),
      );
    },
    generate: (args = [], killWhen) => runGenerate(folder, args, killWhen),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** In a process of its own: there Node imports the schema, and each run afresh. */
async function runGenerate(
  cwd: string,
  args: readonly string[],
  killWhen: (() => boolean) | undefined,
): Promise<Ran> {
  const child = spawn(process.execPath, [join(root, 'src/cli/main.ts'), 'generate', ...args], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (data: Buffer) => (out += data.toString()));
  child.stderr.on('data', (data: Buffer) => (err += data.toString()));
  const watch = setInterval(() => {
    if (killWhen?.() !== true) return;
    clearInterval(watch);
    child.kill('SIGINT');
  }, 10);
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  clearInterval(watch);
  return { code, out, err };
}
