import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { exampleModule } from './example-module.ts';

export interface Example {
  readonly name: string;
  readonly text: string;
}

/** The `@example` blocks of exports in the source, each as a self-contained module. */
export async function sourceExamples(root: string): Promise<readonly Example[]> {
  const folder = join(root, 'src');
  const files = (await readdir(folder, { recursive: true }))
    .filter((file) => !file.includes('/page/'))
    // The examples of lint rules are whole schemas, which docs/rules.md contains.
    .filter((file) => !file.replaceAll('\\', '/').startsWith('check/rules/'))
    .filter((file) => file.endsWith('.ts') && !/\.(?:test|test-d|fixture)\.ts$/.test(file))
    .sort();
  const texts = await Promise.all(
    files.map(async (file) => ({ file, text: await readFile(join(folder, file), 'utf8') })),
  );
  const entries = texts.filter(({ file }) =>
    /(?:^|\/)index\.ts$|^(?:server|testing)\.ts$/.test(file),
  );
  /** The names of `export * from './file.ts'`. */
  const passedOn = (file: string, text: string): readonly string[] =>
    [...text.matchAll(/^export \* from '(.*?)'/gm)].flatMap(([, from = '']) => {
      const target = join(dirname(file), from);
      return exportedNames(texts.find((one) => one.file === target)?.text ?? '');
    });
  const exported = entries.map(({ file, text }) => ({
    file: join(folder, file),
    names: [...exportedNames(text), ...passedOn(file, text)],
  }));
  return texts.flatMap(({ file, text }) =>
    examplesIn(text).map((example, at) => ({
      name: `src-${file.replaceAll(/\W/g, '-')}-${at + 1}`,
      text: exampleModule(example, [
        { file: join(folder, file), names: exportedNames(text) },
        ...exported,
      ]),
    })),
  );
}

function examplesIn(text: string): readonly string[] {
  return [...text.matchAll(/\/\*\*(.*?)\*\//gs)].flatMap(([, comment = '']) => {
    const lines = comment.split('\n').map((line) => line.replace(/^\s*\* ?/, ''));
    const start = lines.findIndex((line) => line.startsWith('@example'));
    if (start === -1) return [];
    const rest = lines.slice(start + 1);
    const end = rest.findIndex((line) => line.startsWith('@'));
    return [(end === -1 ? rest : rest.slice(0, end)).join('\n').trim()];
  });
}

function exportedNames(text: string): readonly string[] {
  const declared = text.matchAll(
    /^export (?:declare )?(?:async )?(?:function|const|class|type|interface) (\w+)/gm,
  );
  const listed = [...text.matchAll(/^export (?:type )?\{(.*?)\}/gms)].flatMap(([, list = '']) =>
    list.split(',').map((name) =>
      name
        .trim()
        .replace(/^type /, '')
        .replace(/^.* as /, ''),
    ),
  );
  return [...[...declared].map(([, name = '']) => name), ...listed].filter((name) => name);
}
