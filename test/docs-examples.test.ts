import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { LABELS, PRELUDE, PROJECT, SERVER, ZERO_SCHEMA } from './docs-examples/prelude.ts';
import { docBlocks } from './docs-examples/doc-blocks.ts';
import { sourceExamples } from './docs-examples/source-examples.ts';

const root = join(import.meta.dirname, '..');
const folder = join(root, 'node_modules/.cache/docs-examples');

async function examples(): Promise<readonly { name: string; text: string }[]> {
  const files = ['README.md', ...(await readdir(join(root, 'docs'))).map((name) => `docs/${name}`)];
  const blocks = await Promise.all(
    files.map(async (file) => {
      const text = await readFile(join(root, file), 'utf8');
      // A block that names its file belongs to a project, which another test writes and runs.
      const free = docBlocks(text).filter(
        ({ language, file }) => language === 'ts' && file === undefined,
      );
      return free.map((block, at) => ({
        name: `${file.replaceAll(/\W/g, '-')}-${at + 1}`,
        text: block.text,
      }));
    }),
  );
  return blocks.flat();
}

test('every example of the README, the docs and the source compiles', async () => {
  const [written, inSource] = await Promise.all([examples(), sourceExamples(root)]);
  expect(written.length).toBeGreaterThan(8);
  expect(inSource.length).toBeGreaterThan(60);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const { name, text } of [...written, ...inSource]) {
    await writeFile(join(folder, `${name}.ts`), `${text}\nexport {};\n`);
  }
  await writeFile(join(folder, 'prelude.d.ts'), PRELUDE);
  await writeFile(join(folder, 'labels.ts'), LABELS);
  await writeFile(join(folder, 'zero-schema.ts'), ZERO_SCHEMA);
  await writeFile(join(folder, 'schema.ts'), "export * from '@techgarden/schema';\n");
  await writeFile(join(folder, 'server.ts'), SERVER);
  for (const [name, text] of Object.entries(PROJECT)) await writeFile(join(folder, name), text);
  const { exports } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
    exports: Record<string, { types: string } | string>;
  };
  const paths = Object.fromEntries(
    Object.entries(exports).flatMap(([name, entry]) =>
      typeof entry === 'string'
        ? []
        : [
            [
              name.replace('.', '@techgarden/schema'),
              [join(root, entry.types.replace('./dist', 'src').replace('.d.ts', '.ts'))],
            ],
          ],
    ),
  );
  await writeFile(
    join(folder, 'tsconfig.json'),
    JSON.stringify({
      extends: join(root, 'tsconfig.json'),
      compilerOptions: {
        paths,
        noUnusedLocals: false,
        rewriteRelativeImportExtensions: false,
        verbatimModuleSyntax: false,
      },
      include: ['.'],
      exclude: [],
    }),
  );
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  // Several checkers check the same types, so one takes half of the CPU time.
  const args = [tsc, '--project', folder, '--singleThreaded'];
  const { stdout } = await promisify(execFile)(process.execPath, args).catch(
    (error: { stdout: string }) => error,
  );
  expect(stdout).toBe('');
});
