import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { recordIo } from '../../command/record-io.fixture.ts';
import type { PackageJson } from '../../project/init/package-json.ts';
import { initCommand } from '../commands/init.ts';
import { run } from '../run.ts';

/** A folder in which `garden init` runs, without installing. */
function folderWith(files: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), 'garden-init-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  let written: readonly string[] = [];
  return {
    read: (name: string): string => readFileSync(join(folder, name), 'utf8'),
    packageJson: (): PackageJson =>
      JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as PackageJson,
    files: (): readonly string[] =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
        .toSorted(),
    /** The files of the last run, in the order in which it wrote them. */
    written: (): readonly string[] => written,
    async init(...args: readonly string[]) {
      const io = recordIo({ cwd: folder });
      const commands = [initCommand];
      const code = await run(['init', '--yes', '--no-install', ...args], io, { commands });
      written = [...io.out().matchAll(/^ {2}\+ (.*)$/gm)].map(([, name = '']) => name);
      return { code, out: io.out(), err: io.err() };
    },
  };
}

const TARBALL = 'file:../techgarden-schema-0.1.0.tgz';

describe('in an empty folder', () => {
  test('writes a project, and keeps how this package was installed', async () => {
    const project = folderWith({
      'package.json': JSON.stringify({
        type: 'commonjs',
        scripts: { test: 'echo "Error: no test specified" && exit 1' },
        dependencies: { '@techgarden/schema': TARBALL },
      }),
      'node_modules/x/package.json': '{}',
      '.git/HEAD': '',
    });
    const { code, out, err } = await project.init();
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^A new project in .*\n {2}\+ package\.json\n/);
    expect(out).toMatch(
      /Next:\n {2}npm install\n {2}npx garden generate\n {2}npm run dev\n {2}npm test\n$/,
    );
    const { type, scripts, dependencies, devDependencies } = project.packageJson();
    expect({ type, scripts }).toEqual({
      type: 'module',
      scripts: {
        dev: 'garden dev',
        generate: 'garden generate',
        test: 'vitest run',
        build: 'vite build',
      },
    });
    expect(dependencies).toMatchObject({
      '@techgarden/schema': TARBALL,
      'drizzle-orm': expect.stringMatching(/^\^0\.45\./),
      react: expect.stringMatching(/^\^/),
    });
    expect(devDependencies).toHaveProperty('drizzle-kit');
    expect(project.files()).toEqual(
      expect.arrayContaining([
        '.env.example',
        '.gitignore',
        'drizzle.config.ts',
        'garden.config.ts',
        'index.html',
        'seed.ts',
        'src/db/schema.ts',
        'src/page/app.tsx',
        'src/server.ts',
        'src/zero/mutators.ts',
        'test/schema.test.ts',
        'tsconfig.json',
      ]),
    );
  });

  test('run twice, it writes nothing and keeps what was changed', async () => {
    const project = folderWith({});
    await project.init('--empty', '--no-page');
    expect(project.files()).not.toContain('index.html');
    expect(project.packageJson()).toMatchObject({ private: true });
    const schema = project.read('src/db/schema.ts');
    expect(schema).toContain("'notes'");
    const again = await project.init('--empty', '--no-page', '--json');
    expect(JSON.parse(again.out)).toMatchObject({ written: [] });
    // Another choice later does not mix two examples.
    await project.init('--no-page');
    expect(project.read('src/db/schema.ts')).toBe(schema);
  });

  test('a run that was stopped half-way is completed by the next', async () => {
    const whole = folderWith({});
    await whole.init();
    const files = whole.files();
    for (const missing of [1, 5, 12, files.length - 2]) {
      const started = whole.written().slice(0, -missing);
      const part = folderWith(Object.fromEntries(started.map((name) => [name, whole.read(name)])));
      await part.init();
      expect(part.files()).toEqual(files);
      expect(part.packageJson()).toEqual({ ...whole.packageJson(), name: expect.any(String) });
    }
  });
});

describe('in a project', () => {
  /** The files that create-vite writes for React, as far as they matter here. */
  const viteReact = (ignored: readonly string[]) => ({
    'package.json': JSON.stringify({
      name: 'shop',
      scripts: { dev: 'vite', build: 'tsc -b && vite build', test: 'node --test' },
      dependencies: { react: '^19.0.0', 'react-dom': '^19.0.0' },
      devDependencies: { vite: '^7.0.0', typescript: '5.9.3' },
    }),
    'tsconfig.json': '{ "files": [], "references": [{ "path": "./tsconfig.app.json" }] }',
    '.gitignore': ['node_modules', ...ignored].join('\n'),
    'src/main.tsx': '',
    'index.html': '',
  });

  test('with Vite and React, writes no page, and keeps its scripts and files', async () => {
    const files = viteReact([]);
    const project = folderWith(files);
    const { out } = await project.init();
    expect(out).toContain('An existing project with Vite and React');
    expect(out).toContain('= tsconfig.json exists, and is kept');
    expect(out).toContain('the script "dev" of package.json is yours, and is kept');
    // npm run dev and npm test do something else here.
    expect(out).toMatch(/garden generate\n {2}npx garden dev\n {2}npx vitest run\n {2}Connect/);
    expect(out).toContain('Add .garden and .env to your .gitignore.');
    for (const name of ['tsconfig.json', '.gitignore', 'src/main.tsx'] as const)
      expect(project.read(name)).toBe(files[name]);
    const { name, type, scripts, devDependencies } = project.packageJson();
    expect({ name, type, scripts }).toEqual({
      name: 'shop',
      type: undefined,
      scripts: {
        dev: 'vite',
        build: 'tsc -b && vite build',
        test: 'node --test',
        generate: 'garden generate',
      },
    });
    expect(devDependencies).toMatchObject({ vite: '^7.0.0', typescript: '5.9.3' });
    expect(project.files()).toEqual(
      expect.arrayContaining(['src/db/schema.ts', 'src/page/session.ts', 'src/page/use-write.ts']),
    );
    expect(project.files()).not.toContain('src/page/app.tsx');
  });

  test.each([
    [[], '.garden and .env'],
    [['.garden/'], '.env'],
    [['/.garden', '.env.*'], '.env'],
    [['**/.garden/', '.env*'], undefined],
  ])('whose .gitignore has %j, asks to add %s', async (ignored, missing) => {
    const { out } = await folderWith(viteReact(ignored)).init();
    const hint = /Add (.*) to your \.gitignore/.exec(out)?.[1];
    expect(hint).toBe(missing);
  });

  test.each([
    ['Vite and React below a folder', { dependencies: { react: '19', vite: '7' } }, {}],
    ['Vite without React', {}, { 'index.html': '' }],
    ['Next', { dependencies: { next: '16', react: '19' } }, {}],
    ['plain Node', { scripts: { dev: 'node .' } }, {}],
  ])('with %s, writes no page', async (name, packageJson, files) => {
    const project = folderWith({
      'package.json': JSON.stringify(packageJson),
      'main.js': '',
      ...files,
    });
    const { out } = await project.init();
    expect(out.includes('Node project without a page')).toBe(name === 'plain Node');
    expect(project.files()).toContain('src/server.ts');
    expect(project.files()).not.toContain('src/page/app.tsx');
    expect(project.packageJson().dependencies).not.toHaveProperty('react-dom');
  });

  test('with Drizzle, adds only the config', async () => {
    const project = folderWith({
      'package.json': '{ "name": "shop", "type": "module" }',
      'drizzle.config.ts': "export default { schema: './schema.ts' };",
      'schema.ts': 'export const a = 1;',
    });
    const { out } = await project.init();
    expect(out).toContain('tables of its own, which are not changed');
    expect(out).toMatch(/Next:\n {2}npm install\n {2}npx garden validate /);
    expect(out).not.toContain('npm test');
    expect(out).toContain('Add .garden and .env to your .gitignore.');
    expect(project.files()).toEqual([
      '.env.example',
      'drizzle.config.ts',
      'garden.config.ts',
      'package.json',
      'schema.ts',
    ]);
  });
});

test.each([
  ['no JSON', '{ "name": '],
  ['a list', '[]'],
])('package.json is %s', async (_, text) => {
  const project = folderWith({ 'package.json': text });
  const { code, err } = await project.init();
  expect(code).toBe(2);
  expect(err).toMatch(/^init\/package-json: .*\n.*package\.json\n {4}fix /);
  expect(project.files()).toEqual(['package.json']);
});
