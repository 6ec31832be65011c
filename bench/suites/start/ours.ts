import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { packInto, PackedProject } from '../../../test/package/packed-project.ts';
import { startDev, type StartedDev } from '../../../test/start/start-dev.ts';
import { join } from 'node:path';
import type { Project } from './project.ts';

/** `garden init` and `garden dev` of the packed package. */
export interface OurProject extends Project {
  readonly folder: string;
}

export function ourProject(): OurProject {
  const packed = mkdtempSync(join(tmpdir(), 'bench-start-'));
  const tarball = packInto(packed);
  const project = new PackedProject();
  let dev: StartedDev | undefined;
  return {
    folder: project.folder,
    written: new Map(),
    commands: ['npm install @techgarden/schema', 'npx garden init'],
    async prepare() {
      project.remove('package.json');
      project.install(tarball);
      project.run('npx', 'garden', 'init', '--yes');
    },
    start() {
      dev = startDev(project.folder);
      return dev.page;
    },
    async signIn(page) {
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('button', { name: /Ada/ }).click();
    },
    async [Symbol.asyncDispose]() {
      await dev?.stop();
      project[Symbol.dispose]();
      rmSync(packed, { recursive: true, force: true });
    },
  };
}
