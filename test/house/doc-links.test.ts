import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };

const root = join(import.meta.dirname, '../..');
/** npm packs these files even if package.json does not list them. */
const ALWAYS = ['README.md', 'LICENSE', 'package.json'];

const isPacked = (file: string): boolean =>
  [...ALWAYS, ...manifest.files].some((entry) => file === entry || file.startsWith(`${entry}/`));

/** The anchors that headings create on GitHub and npm. */
const anchorsOf = (text: string): readonly string[] =>
  [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );

/** The relative links of a document that are broken, or broken in the packed package. */
function brokenLinks(file: string, text: string): readonly string[] {
  return [...text.matchAll(/\]\((?!\w+:)([^)#\s]*)#?([^)\s]*)\)/g)].flatMap(
    ([, path = '', anchor = '']) => {
      const target = path === '' ? file : relative(root, resolve(root, file, '..', path));
      const link = `${file}: ${path}${anchor && `#${anchor}`}`;
      if (path !== '' && !existsSync(join(root, target))) return [`${link} does not exist`];
      if (isPacked(file) && !isPacked(target)) return [`${link} is not in the package`];
      const found = path === '' ? text : anchor && readFileSync(join(root, target), 'utf8');
      return anchor && !anchorsOf(found).includes(anchor) ? [`${link} has no such heading`] : [];
    },
  );
}

test('each kind of broken link is found', () => {
  const text = `# One heading\n[a](gone.md) [b](../src/main.ts) [c](start.md) [d](start.md#gone)
    [e](#one-heading) [f](#two) [g](https://example.com/gone) [h](../LICENSE)`;
  expect(brokenLinks('docs/x.md', text)).toEqual([
    'docs/x.md: gone.md does not exist',
    'docs/x.md: ../src/main.ts is not in the package',
    'docs/x.md: start.md#gone has no such heading',
    'docs/x.md: #two has no such heading',
  ]);
});

test('every relative link of the documents works, also in the packed package', () => {
  const files = [
    ...readdirSync(root).filter((name) => name.endsWith('.md')),
    ...readdirSync(join(root, 'docs'))
      .filter((name) => name.endsWith('.md'))
      .map((name) => `docs/${name}`),
  ];
  expect(files.length).toBeGreaterThan(15);
  expect(
    files.flatMap((file) => brokenLinks(file, readFileSync(join(root, file), 'utf8'))),
  ).toEqual([]);
});
