import { deepEqual } from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { projectFile } from '../docs-examples/doc-blocks.ts';

type Files = Readonly<Record<string, string>>;

interface Kind {
  readonly files: Files;
  /** Files that docs/start.md adds afterwards. */
  readonly ofGuide?: readonly string[];
  readonly init?: readonly string[];
  /** Type-checks the project, as its own script does. */
  readonly tsc?: readonly string[];
}

const compilerOptions = {
  target: 'es2023',
  module: 'esnext',
  moduleResolution: 'bundler',
  allowImportingTsExtensions: true,
  verbatimModuleSyntax: true,
  moduleDetection: 'force',
  skipLibCheck: true,
  noEmit: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  erasableSyntaxOnly: true,
};

/** The layout of create-vite for React: the page has the types of Vite, and not those of Node. */
const viteReact: Files = {
  'package.json': JSON.stringify({
    type: 'module',
    scripts: { dev: 'vite', build: 'tsc -b && vite build' },
    dependencies: { react: '^19.0.0', 'react-dom': '^19.0.0' },
    devDependencies: { vite: '^8.0.0', '@vitejs/plugin-react': '^6.0.0' },
  }),
  'index.html': '<div id="root"></div><script type="module" src="/src/main.tsx"></script>',
  'tsconfig.json': JSON.stringify({
    files: [],
    references: [{ path: './tsconfig.app.json' }, { path: './tsconfig.node.json' }],
  }),
  'tsconfig.app.json': JSON.stringify({
    compilerOptions: {
      ...compilerOptions,
      tsBuildInfoFile: './app.tsbuildinfo',
      lib: ['es2023', 'dom'],
      types: ['vite/client'],
      jsx: 'react-jsx',
    },
    include: ['src'],
  }),
  'tsconfig.node.json': JSON.stringify({
    compilerOptions: {
      ...compilerOptions,
      tsBuildInfoFile: './node.tsbuildinfo',
      module: 'nodenext',
      moduleResolution: 'nodenext',
      types: ['node'],
    },
    include: ['vite.config.ts'],
  }),
  'vite.config.ts': `import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
export default defineConfig({ plugins: [react()] });
`,
  // With the types of Node, setTimeout() returns an object.
  'src/main.tsx': `import { createRoot } from 'react-dom/client';
const timer: number = setTimeout(() => console.log('late'), 1000);
createRoot(document.body).render(<p>{timer}</p>);
`,
};

const drizzle: Files = {
  'package.json': '{ "name": "shop", "type": "module" }',
  'drizzle.config.ts': `import { defineConfig } from 'drizzle-kit';
export default defineConfig({ dialect: 'postgresql', schema: './src/tables.ts' });
`,
  'src/tables.ts': `import { pgTable, text, uuid } from "drizzle-orm/pg-core"

export const customers = pgTable("customers", { id: uuid().primaryKey(), name: text().notNull() })
`,
  'tsconfig.json': JSON.stringify({
    compilerOptions: { ...compilerOptions, types: ['node'] },
    include: ['src', '*.ts'],
  }),
};

const KINDS: Readonly<Record<string, Kind>> = {
  'an empty folder, with --empty': { files: {}, init: ['--empty'] },
  'a project with Vite and React': {
    files: viteReact,
    ofGuide: ['src/page/synced.tsx', 'src/page/organisations.tsx'],
    tsc: ['-b'],
  },
  'plain Node': {
    files: {
      'package.json': '{ "name": "api", "scripts": { "start": "node main.js" } }',
      'main.js': "require('node:http');\n",
    },
  },
  'a Drizzle project': { files: drizzle },
};

/**
 * Runs `garden init` in each kind of project. The result must type-check, and all files of the
 * project but package.json must be unchanged.
 */
export function tryInitKinds(nodeModules: string, step: (name: string) => void): void {
  for (const [name, kind] of Object.entries(KINDS)) {
    tryKind(kind, nodeModules);
    step(`garden init in ${name}: type-checks, and keeps the files`);
  }
}

function tryKind(
  { files, init = [], ofGuide = [], tsc = ['--noEmit'] }: Kind,
  nodeModules: string,
): void {
  const folder = mkdtempSync(join(tmpdir(), 'init-kind-'));
  try {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    }
    symlinkSync(nodeModules, join(folder, 'node_modules'));
    const garden = (...args: readonly string[]): void => {
      const command = join(nodeModules, '.bin/garden');
      execFileSync(command, args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
    };
    garden('init', '--yes', '--no-install', ...init);
    garden('generate');
    for (const file of ofGuide)
      writeFileSync(join(folder, file), projectFile('docs/start.md', file));
    execFileSync(process.execPath, [join(nodeModules, 'typescript/bin/tsc'), ...tsc], {
      cwd: folder,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    const { 'package.json': _, ...own } = files;
    const found = Object.keys(own).map((file) => [file, readFileSync(join(folder, file), 'utf8')]);
    deepEqual(Object.fromEntries(found), own);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
