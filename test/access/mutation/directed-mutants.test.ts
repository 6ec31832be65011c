import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { directedMutants } from './directed-mutants.ts';
import { mutateSource } from './mutate-source.ts';
import { patchSource, ROOT } from './patch-source.ts';

test('every directed mutant still changes one place of its file, and names what notices it', () => {
  for (const mutant of directedMutants) {
    expect(patchSource(mutant)).not.toBe('');
    if (mutant.by.endsWith('.test.ts')) expect(existsSync(join(ROOT, mutant.by))).toBe(true);
  }
  const names = directedMutants.map(({ name, file }) => `${file} ${name}`);
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeGreaterThanOrEqual(60);
});

test('a source with all mutations runs as before, and each changes it', () => {
  const source = `(list, flag) => {
    if (list.length > 2) throw new Error('long');
    else if (flag && list.some((one) => one === 1)) list.push(9);
    return flag ? [...list.filter((one) => one !== 3), 7] : list;
  };`;
  const { code, mutations } = mutateSource('x.ts', `const it = ${source}`, 1);
  const [head = '', ...rest] = code
    .replace(': number): boolean', ')')
    .replace(' as any', '')
    .split('\n');
  const run = (active: number): string => {
    const it = new Function('globalThis', `${head}\n${rest.join('\n')}\nreturn it;`)({
      isMutant: (id: number) => id === active,
    }) as (list: number[], flag: boolean) => number[];
    return [
      [[1, 3], true],
      [[2, 3], true],
      [[1, 1], false],
      [[1, 2, 3], true],
    ]
      .map(([list, flag]) => {
        try {
          return it([...(list as number[])], flag as boolean).join();
        } catch {
          return 'refused';
        }
      })
      .join(' ');
  };
  expect(run(0)).toBe('1,9,7 2,7 1,1 refused');
  const same = mutations.filter(({ id }) => run(id) === run(0));
  expect(mutations.length).toBeGreaterThan(15);
  expect(same.map(({ kind, text }) => `${kind}: ${text}`)).toEqual([]);
});
