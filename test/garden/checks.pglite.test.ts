import { getTableColumns } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import * as garden from '../../src/apps/garden/index.ts';
import {
  dependencyTypes,
  registries,
  requestStatuses,
  resolutions,
} from '../../src/apps/garden/index.ts';
import { sampleRows } from '../zod/sample-rows.ts';
import {
  plantRow,
  plantRows,
  removeRow,
  tableNames,
  type Row,
  type TableName,
} from './plant-rows.ts';
import { readCatalog } from './read-catalog.ts';
import { sharedDatabase, type SharedDatabase } from './shared-database.ts';

let database: SharedDatabase;
beforeAll(async () => {
  database = await sharedDatabase();
});

interface Check {
  readonly constraint: string;
  readonly table: TableName;
  readonly column: string;
  readonly good: readonly unknown[];
  readonly bad: readonly unknown[];
}

/** A character that is four bytes, and two units in JavaScript, but one character. */
const wide = '😀';

/** Words, no others, and in one spelling. */
const words = (list: readonly string[]): Pick<Check, 'good' | 'bad'> => ({
  good: list,
  bad: ['', 'nonsense', `${list[0]} `, ` ${list[0]}`, list[0]?.toUpperCase(), `${list[0]}\n`],
});

const maxLength = (max: number): Pick<Check, 'good' | 'bad'> => ({
  good: ['', ' ', 'x'.repeat(max), wide.repeat(max)],
  bad: ['x'.repeat(max + 1), wide.repeat(max + 1)],
});

const notBlank = (max: number): Pick<Check, 'good' | 'bad'> => ({
  good: ['x', ' x ', '\u00a0x', '0', '@', wide.repeat(max), 'x'.repeat(max)],
  bad: ['', ' ', '\t\r\n', '\u00a0', '\u2003\u3000', '\u200b', '\ufeff', 'x'.repeat(max + 1)],
});

/** Every control character, in the middle of a name. NUL is not among them: Postgres has no place for it. */
const controls = Array.from({ length: 0xa0 }, (_, code) => String.fromCharCode(code)).filter(
  (one) => /\p{Cc}/u.test(one) && one !== '\0',
);

const printable = (max: number): Pick<Check, 'good' | 'bad'> => {
  const { good, bad } = notBlank(max);
  return { good, bad: [...bad, ...controls.map((one) => `a${one}b`)] };
};

const webAddress: Pick<Check, 'good' | 'bad'> = {
  good: [
    ...['http://a', 'https://example.org/a?b=c#d', 'https://\u00e4.test/\u00fc', "https://a'b"],
    `https://${'x'.repeat(2048 - 8)}`,
  ],
  bad: [
    ...['', 'http://', 'example.org', 'ftp://a', 'javascript:alert(1)', 'HTTPS://A', ' https://a'],
    ...[
      'https://a b',
      'https://a\n',
      'https://a"b',
      'https://<a>',
      'git+https://a',
      'https://\u007f',
    ],
    `https://${'x'.repeat(2048 - 7)}`,
  ],
};

const integer = (min: number, max: number): Pick<Check, 'good' | 'bad'> => ({
  good: [min, max],
  bad: [min - 1, ...(max < 2 ** 31 - 1 ? [max + 1] : [])],
});

const check = (
  constraint: string,
  place: readonly [TableName, string],
  values: Pick<Check, 'good' | 'bad'>,
): Check => ({ constraint, table: place[0], column: place[1], ...values });

const checks: readonly Check[] = [
  check('account_name_check', ['account', 'name'], printable(100)),
  check('account_avatar_url_check', ['account', 'avatarUrl'], webAddress),
  check('packages_registry_check', ['packages', 'registry'], words(registries)),
  check('packages_name_check', ['packages', 'name'], printable(256)),
  check('packages_description_check', ['packages', 'description'], maxLength(10_000)),
  check('packages_etag_check', ['packages', 'etag'], maxLength(512)),
  check('packages_homepage_check', ['packages', 'homepage'], webAddress),
  check('packages_repository_check', ['packages', 'repository'], webAddress),
  check('package_versions_version_check', ['packageVersions', 'version'], printable(256)),
  check('package_versions_sort_key_check', ['packageVersions', 'sortKey'], {
    good: ['!', '~', 'A1B10A0-2rc!', '~'.repeat(512)],
    bad: ['', ' ', 'a b', 'a\n', '\u007f', '\u00e4', wide, '~'.repeat(513)],
  }),
  check(
    'package_dependencies_resolution_check',
    ['packageDependencies', 'resolution'],
    words(resolutions),
  ),
  check(
    'package_dependencies_dependency_type_check',
    ['packageDependencies', 'dependencyType'],
    words(dependencyTypes),
  ),
  check(
    'package_dependencies_dependency_name_check',
    ['packageDependencies', 'dependencyName'],
    printable(256),
  ),
  check(
    'package_dependencies_dependency_version_range_check',
    ['packageDependencies', 'dependencyVersionRange'],
    maxLength(1024),
  ),
  check(
    'package_dependencies_resolved_version_check',
    ['packageDependencies', 'resolvedVersion'],
    printable(256),
  ),
  check('package_requests_registry_check', ['packageRequests', 'registry'], words(registries)),
  check('package_requests_status_check', ['packageRequests', 'status'], words(requestStatuses)),
  check('package_requests_package_name_check', ['packageRequests', 'packageName'], printable(256)),
  check(
    'package_requests_error_message_check',
    ['packageRequests', 'errorMessage'],
    maxLength(10_000),
  ),
  check(
    'package_requests_attempt_count_check',
    ['packageRequests', 'attemptCount'],
    integer(0, 2 ** 31 - 1),
  ),
  check('package_requests_depth_check', ['packageRequests', 'depth'], integer(0, 2 ** 31 - 1)),
  check('package_requests_priority_check', ['packageRequests', 'priority'], integer(0, 100)),
  check('tags_name_check', ['tags', 'name'], printable(64)),
  check('tags_slug_check', ['tags', 'slug'], {
    good: ['a', '0', 'a-b-2', 'x'.repeat(64)],
    bad: ['', '-', 'a-', '-a', 'a--b', 'A', 'a b', 'a_b', '\u00e4', 'a\n', 'x'.repeat(65)],
  }),
  check('tags_description_check', ['tags', 'description'], maxLength(1000)),
  check('tags_color_check', ['tags', 'color'], {
    good: ['#000000', '#09afbc'],
    bad: ['', '#', '#fff', '#AABBCC', 'aabbcc', '#aabbcg', '#aabbccd', '#aabbcc\n', 'red'],
  }),
];

describe.each(checks)('$constraint', ({ constraint, table, column, good, bad }) => {
  test('refuses in an insert and in an update what lies beyond its edge', async () => {
    await database.isolated(async ({ db, attempt }) => {
      const rows = await plantRows(db, sampleRows(), table);
      const refused = expect.objectContaining({ code: '23514', constraint });
      for (const value of bad) {
        const row = { ...rows[table], [column]: value };
        expect(await attempt(() => plantRow(db, table, row)), show(value)).toEqual(refused);
      }
      await plantRow(db, table, rows[table]);
      for (const value of bad) {
        const change = { [column]: value } as never;
        const error = await attempt(() => db.update(garden[table]).set(change));
        expect(error, show(value)).toEqual(refused);
      }
    });
  });

  test('takes what lies at its edge', async () => {
    await database.isolated(async ({ db, attempt }) => {
      const rows = await plantRows(db, sampleRows(), table);
      for (const value of good) {
        const row = { ...rows[table], [column]: value };
        expect(await attempt(() => plantRow(db, table, row)), show(value)).toBeUndefined();
        await removeRow(db, table, rows[table].id);
      }
    });
  });
});

const show = (value: unknown): string => JSON.stringify(value).slice(0, 40);

test('the longest text that the checks allow fits into every index', async () => {
  await database.isolated(async ({ db }) => {
    const rows = sampleRows();
    for (const table of tableNames) {
      const row: Row = { ...rows[table] };
      for (const key of Object.keys(getTableColumns(garden[table]))) {
        const own = checks.find((check) => check.table === table && check.column === key);
        const texts = own?.good.filter((value) => typeof value === 'string') ?? [];
        const [longest] = texts.toSorted((a, b) => b.length - a.length);
        // Nothing that compresses: an index would take a far longer text that does.
        if (longest && longest.length >= 64) row[key] = incompressible(longest);
      }
      await plantRow(db, table, row);
    }
  });
});

/** As long a text of the same sort, without a pattern. */
function incompressible(text: string): string {
  let state = 1;
  const next = (below: number): number => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
  if (/^https?:/.test(text)) return text;
  if (text.startsWith(wide)) {
    return Array.from(text, () => String.fromCodePoint(0x1_0000 + next(0xf_0000))).join('');
  }
  return Array.from(text, () => next(36).toString(36)).join('');
}

test('these are the checks that the database has', async () => {
  const { tables } = await readCatalog(async (sql) => {
    return (await database.client.query<object>(sql)).rows;
  });
  const found = Object.values(tables).flatMap(({ constraints }) =>
    Object.entries(constraints).flatMap(([name, definition]) =>
      definition.startsWith('CHECK') ? [name] : [],
    ),
  );
  expect(found.sort()).toEqual(checks.map(({ constraint }) => constraint).sort());
  expect(checks.filter(({ bad, good }) => !bad.length || !good.length)).toEqual([]);
});
