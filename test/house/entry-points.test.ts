import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseSync } from 'oxc-parser';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const { exports: entries } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  exports: Readonly<Record<string, { readonly default: string } | string>>;
};
const files = Object.entries(entries).flatMap(([name, entry]) =>
  typeof entry === 'string'
    ? []
    : [{ name, file: entry.default.replace('dist/', 'src/').replace(/js$/, 'ts') }],
);

/** The export names of a module, including those of `export *`. */
function namesOf(file: string): readonly string[] {
  const { module } = parseSync(file, readFileSync(join(root, file), 'utf8'));
  return module.staticExports.flatMap(({ entries: found }) =>
    found.flatMap(({ exportName, moduleRequest }) =>
      exportName.name === null && moduleRequest
        ? namesOf(join(dirname(file), moduleRequest.value))
        : [exportName.name ?? 'default'],
    ),
  );
}

/** The app of an entry point; undefined for the engine. */
const appOf = (file: string): string | undefined => /^\.\/src\/apps\/(\w+)/.exec(file)?.[1];

// Each app has its own `schema` and `packages`, so names are unique in the engine with one app.
test.each([...new Set(files.flatMap(({ file }) => appOf(file) ?? []))])(
  'no name is exported from two entry points of the engine and the app %s',
  (app) => {
    const all = files
      .filter(({ file }) => [app, undefined].includes(appOf(file)))
      .flatMap(({ name, file }) => namesOf(file).map((one) => ({ one, name })));
    expect(all.length).toBeGreaterThan(100);
    expect(all.filter(({ one }) => one === 'default')).toEqual([]);
    const twice = [...Map.groupBy(all, ({ one }) => one)]
      .filter(([, places]) => places.length > 1)
      .map(([one, places]) => `${one}: ${places.map(({ name }) => name).join(', ')}`);
    expect(twice).toEqual([]);
  },
);

test('an app has at most four entry points', () => {
  const ofApps = files.filter(({ file }) => file.startsWith('./src/apps/'));
  const byApp = Map.groupBy(ofApps, ({ file }) => appOf(file));
  for (const [app, own] of byApp) expect(own.length, app).toBeLessThanOrEqual(4);
});

test("the build writes the garden's page into the package's dist/web", () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Readonly<Record<string, string>>;
  };
  const [, page = '', out = ''] = /vite build (\S+) --outDir (\S+)/.exec(scripts['build']!) ?? [];
  expect(existsSync(join(root, page, 'index.html'))).toBe(true);
  // Vite resolves it from the folder of the page.
  expect(join(root, page, out)).toBe(join(root, 'dist/web'));
});
