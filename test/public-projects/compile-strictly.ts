import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import process from 'node:process';
import type { Trial } from './generate-trial.ts';

/**
 * TypeScript's errors in the generated files under `strict`. Errors in the project's own
 * files are ignored, because its packages may not be installed.
 */
export async function compileStrictly(
  { folder, cwd, zeroFile }: Trial,
  typescript: string,
): Promise<string[]> {
  const rules = join(dirname(zeroFile), 'zero-rules.gen.ts');
  const config = join(folder, 'tsconfig.trial.json');
  await writeFile(
    config,
    JSON.stringify({
      // Path aliases come from the project.
      ...(existsSync(join(cwd, 'tsconfig.json')) && { extends: '../tsconfig.json' }),
      compilerOptions: {
        target: 'es2024',
        lib: ['es2024', 'dom'],
        module: 'esnext',
        moduleResolution: 'bundler',
        types: [],
        strict: true,
        noUncheckedIndexedAccess: true,
        exactOptionalPropertyTypes: true,
        verbatimModuleSyntax: true,
        allowImportingTsExtensions: true,
        skipLibCheck: true,
        noEmit: true,
        rootDir: '/',
        composite: false,
        incremental: false,
        declaration: false,
        emitDeclarationOnly: false,
        declarationMap: false,
      },
      files: [zeroFile, ...(existsSync(rules) ? [rules] : [])],
      include: [],
      references: [],
    }),
  );
  const { bin } = JSON.parse(await readFile(join(typescript, 'package.json'), 'utf8')) as {
    readonly bin: { readonly tsc: string };
  };
  const tsc = join(typescript, bin.tsc);
  const printed = await new Promise<string>((done) => {
    execFile(
      process.execPath,
      [tsc, '-p', config, '--pretty', 'false'],
      { cwd: folder, maxBuffer: 1e8 },
      (_, stdout, stderr) => done(stdout + stderr),
    );
  });
  return printed.split('\n').filter((line) => /^(?:zero\/|tsconfig|error)/.test(line));
}
