import fc from 'fast-check';
import semver from 'semver';
import { describe, expect, test } from 'vitest';
import type { Registry } from '../../tables/registry.ts';
import { versionOrder } from '../registry/version-order.ts';
import { Candidates } from './candidates.ts';
import { resolveDependency } from './resolve-dependency.ts';

/** `!` before a version marks it as yanked. */
function candidates(
  registry: Registry,
  list: readonly string[],
  tags: Record<string, string> = {},
  name = 'x',
): Candidates {
  return new Candidates(
    { registry, name, packageId: 'package' },
    list.map((text) => {
      const version = text.replace('!', '');
      return {
        id: `id of ${version}`,
        version,
        sortKey: versionOrder(registry, version).sortKey,
        yanked: text !== version,
      };
    }),
    tags,
  );
}

const show = (
  registry: Registry,
  range: string,
  among: Candidates | undefined,
  name = 'x',
): string => {
  const { resolution, version, versionId, packageId } = resolveDependency(
    { registry, name, range },
    among,
  );
  expect(versionId === null || versionId === `id of ${version}`).toBe(true);
  return `${resolution} ${version}${versionId === null ? '' : ' linked'}${packageId === null ? '' : ' known'}`;
};

describe('npm', () => {
  const among = candidates(
    'npm',
    ['1.0.0', '1.2.0', '1.10.0', '!1.11.0', '2.0.0', '3.0.0-rc.1', 'nonsense'],
    { latest: '1.2.0', next: '3.0.0-rc.1', gone: '1.11.0' },
  );
  test.each([
    ['^1.0.0', 'registry 1.2.0 linked known', 'the latest, where it will do'],
    ['>=1.3.0 <2', 'registry 1.10.0 linked known', 'the highest, where it will not'],
    ['', 'registry 1.2.0 linked known', 'nothing is anything'],
    ['*', 'registry 1.2.0 linked known', ''],
    ['>=2', 'registry 2.0.0 linked known', 'no pre-release unless it is named'],
    ['^3.0.0-rc.0', 'registry 3.0.0-rc.1 linked known', ''],
    ['next', 'registry 3.0.0-rc.1 linked known', 'a tag'],
    ['1.10.0', 'registry 1.10.0 linked known', 'a version'],
    ['=v1.10.0', 'registry 1.10.0 linked known', ''],
    ['1.11.0', 'unresolved 1.11.0 known', 'withdrawn'],
    ['gone', 'unresolved gone known', ''],
    ['^4', 'unresolved ^4 known', 'nothing meets it'],
    ['beta', 'unresolved beta known', 'no such tag'],
    ['npm:x@^1', 'alias 1.2.0 linked known', 'an alias'],
    ['npm:x@1.10.0', 'alias 1.10.0 linked known', ''],
    ['git+https://host/x.git#v1', 'git git+https://host/x.git#v1', ''],
    ['user/project#semver:^1', 'git user/project#semver:^1', ''],
    ['https://host/x.tgz', 'url https://host/x.tgz', ''],
    ['file:../x', 'file file:../x', ''],
    ['./x', 'file ./x', ''],
    ['link:../x', 'unresolved link:../x known', ''],
    ['workspace:*', 'unresolved workspace:* known', ''],
    ['jsr:^1', 'unresolved jsr:^1 known', ''],
    ['\u0000 \u200b', 'unresolved * known', 'nothing visible'],
    [' ^1.0.0 ', 'registry 1.2.0 linked known', ''],
    ['x'.repeat(400), `unresolved ${'x'.repeat(256)} known`, ''],
  ])('%j resolves to %s', (range, expected) => {
    expect(show('npm', range, among)).toBe(expected);
  });

  test('resolves as far as possible without the package', () => {
    expect(show('npm', '1.10.0', undefined)).toBe('registry 1.10.0');
    expect(show('npm', 'npm:x@1.10.0', undefined)).toBe('alias 1.10.0');
    expect(show('npm', '^1', undefined)).toBe('unresolved ^1');
    expect(show('npm', 'latest', undefined)).toBe('unresolved latest');
    expect(show('npm', '', undefined)).toBe('unresolved *');
  });

  test('without a latest tag selects the highest matching version', () => {
    const version = fc
      .tuple(fc.nat(3), fc.nat(3), fc.nat(3), fc.constantFrom('', '-rc.1', '-rc.2'))
      .map(([a, b, c, pre]) => `${a}.${b}.${c}${pre}`);
    const range = fc
      .tuple(fc.constantFrom('^', '~', '>=', '<', '<=', '>', ''), version)
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(
        fc.uniqueArray(version, { minLength: 1, maxLength: 12 }),
        range,
        (list, wanted) => {
          const best = semver.maxSatisfying(list, wanted);
          expect(show('npm', wanted, candidates('npm', list))).toBe(
            best === null ? `unresolved ${wanted} known` : `registry ${best} linked known`,
          );
        },
      ),
      { numRuns: 1_000 },
    );
  });
});

describe('jsr', () => {
  const among = candidates(
    'jsr',
    ['1.0.0', '1.1.0', '!1.2.0', '!2.0.0'],
    { latest: '1.0.0' },
    '@a/x',
  );
  test('selects the highest version, and a yanked one only if no other matches', () => {
    const at = (range: string) => show('jsr', range, among, '@a/x');
    expect([at('^1'), at(''), at('1.2.0'), at('^2'), at('^3'), at('1.0.0')]).toEqual([
      'registry 1.1.0 linked known',
      'registry 1.1.0 linked known',
      'registry 1.2.0 linked known',
      'registry 2.0.0 linked known',
      'unresolved ^3 known',
      'registry 1.0.0 linked known',
    ]);
    expect(show('jsr', 'https://host/mod.ts', undefined, 'host')).toBe('url https://host/mod.ts');
  });

  test('follows npm for packages of npm', () => {
    const npm = candidates('npm', ['1.0.0', '1.1.0'], { latest: '1.0.0' });
    expect(show('jsr', '^1', npm, 'npm:x')).toBe('registry 1.0.0 linked known');
  });
});

test('brew has one version of a formula', () => {
  expect(show('brew', '', candidates('brew', ['!1.0', '1.1']))).toBe('registry 1.1 linked known');
  expect(show('brew', '', undefined)).toBe('unresolved *');
});

test('apt compares as dpkg, alternative by alternative', () => {
  const among = candidates('apt', ['1:2.0-1', '1:2.0~rc1-1']);
  const at = (range: string) => show('apt', range, among);
  expect([
    at('x'),
    at('x (>= 1.9)'),
    at('x (<< 1:2.0-1)'),
    at('x (= 1:2.0-1)'),
    at('x (>> 1:2.0-1)'),
    at('y | x (>= 1)'),
  ]).toEqual([
    'registry 1:2.0-1 linked known',
    'registry 1:2.0-1 linked known',
    'registry 1:2.0~rc1-1 linked known',
    'registry 1:2.0-1 linked known',
    'unresolved x (>> 1:2.0-1) known',
    'registry 1:2.0-1 linked known',
  ]);
  expect(at('virtual | other')).toBe('alias 1:2.0-1 linked known');
  expect(show('apt', 'x:any (= 1.0) [amd64] <!nocheck>', undefined)).toBe('registry 1.0');
  expect(show('apt', 'x (>= 1.0)', undefined)).toBe('unresolved x (>= 1.0)');
  expect(show('apt', '((', among)).toBe('unresolved (( known');
});
