import { spawnSync } from 'node:child_process';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };

test('an old Node version is refused', () => {
  const versions = `Object.defineProperty(process, 'versions', { value: { node: '22.11.0' } })`;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      '--import',
      `data:text/javascript,${encodeURIComponent(versions)}`,
      join(import.meta.dirname, '../main.ts'),
      'migrate',
    ],
    { encoding: 'utf8', env: { PATH: process.env['PATH'] } },
  );
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(
    /^cli\/old-node: garden needs Node 22\.12\.0 or later, but this is Node 22\.11\.0\.\n/,
  );
});

/** What every command loads: the code, and the packages that it imports. */
async function loadedByAll(): Promise<{ text: string; packages: ReadonlySet<string> }> {
  const { metafile, outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, '../main.ts')],
    bundle: true,
    // Files that are imported on demand are separate outputs.
    splitting: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    outdir: '/nowhere',
    metafile: true,
    write: false,
  });
  const names = Object.keys(metafile.outputs);
  const loaded = new Set(names.filter((name) => name.endsWith('/main.js')));
  const packages = new Set<string>();
  for (const name of loaded) {
    for (const { path, kind, external } of metafile.outputs[name]?.imports ?? []) {
      if (kind !== 'import-statement') continue;
      if (names.includes(path)) loaded.add(path);
      if (external === true && !isBuiltin(path)) {
        packages.add(/^(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? path);
      }
    }
  }
  const text = outputFiles
    .filter(({ path }) => [...loaded].some((name) => path.endsWith(name.split('/').at(-1) ?? '')))
    .map((file) => file.text)
    .join('\n');
  return { text, packages };
}

test('what every command loads is found in Node 20 and without the optional peers', async () => {
  const { text, packages } = await loadedByAll();
  expect(text).toContain('needs Node');
  // Node has it since 22.
  expect(text).not.toMatch(/import \{[^}]*globSync/);
  const required = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies }).filter(
    (name) => !(name in manifest.peerDependenciesMeta),
  );
  expect(required).toContain('drizzle-orm');
  expect([...packages].filter((name) => !required.includes(name))).toEqual([]);
});
