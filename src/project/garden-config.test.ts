import { describe, expect, test } from 'vitest';
import type { GardenConfig } from './config.ts';
import { gardenConfigKind } from './garden-config-kind.ts';
import { ProblemError, type Finding } from '../report/problem.ts';
import { builtInRules } from '../check/built-in-rules.ts';
import { checkConfig } from './check-config.ts';
import { testProject } from '../cli/generate/project.fixture.ts';

/** All problems of a config, each with its setting. */
function wrong(config: unknown): readonly object[] {
  try {
    checkConfig('/nowhere/garden.config.ts', config, gardenConfigKind);
    return [];
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return [error.problem, ...error.others].map(({ message, places = [], fix }) => ({
      path: places[0]?.name,
      message: message.replace('garden.config is invalid: ', ''),
      fix,
    }));
  }
}

const inZero = (settings: string): string => `export default { zero: ${settings} };`;

describe('garden.config.ts', () => {
  test('accepts every setting of its type', () => {
    const config: Required<GardenConfig> = {
      supabase: { out: './types.ts', form: 'client' },
      seed: './seed.ts',
      preparedQueries: './queries.ts',
      kms: './kms.ts',
      aliases: ['oldName'],
      comments: false,
      validate: {
        presets: ['recommended', 'house'],
        rules: { 'lint/json-type': 'off', 'lint/timestamp-precision': ['error', { precision: 6 }] },
        ignore: [{ rule: 'lint/char-type', object: 'a.b', reason: 'c' }],
        ownRules: [...builtInRules],
        generate: 'fail',
      },
      doctor: {
        ignore: [{ rule: 'doctor/unused-index', object: 'a.b', reason: 'c' }],
        limits: { connections: 0.9, localNetworks: ['10.0.0.0/8'], deep: true },
      },
      dev: {
        server: './src/server.ts',
        queries: './src/queries.ts',
        mutators: './src/mutators.ts',
        command: false,
        principals: { Ada: { sub: 'x', roles: ['admin'] } },
      },
      jsonSchema: { out: 'rows.json', keys: 'typescript', serverOnly: false },
      zero: {
        out: 'src/apps/garden/zero',
        importEnding: '.ts',
        defaultTypes: false,
        rulesType: 'x',
        only: ['a'],
        tables: {
          a: false,
          b: { name: 'c', key: ['id'], columns: { d: true, e: { defaults: 'optional' } } },
          c: { defaults: 'required' },
        },
        relations: { a: { b: 'c', d: false, e: { keep: 'aRelations' } } },
        clashSuffix: 'Relation',
        manyToMany: { a: { b: false, c: 'd', e: ['f', 'g'], h: { many: 'i', one: 'j' } } },
        defaults: 'optional',
        publication: false,
      },
    };
    expect(wrong(config)).toEqual([]);
    expect(wrong({ zero: undefined })).toEqual([]);
  });

  test.each([
    [{ command: true }, 'dev.command is true, but must be a string or false.'],
    [{ principals: { Ada: 'x' } }, "dev.principals.Ada is 'x', but must be an object of claims."],
    [{ sever: './a.ts' }, 'dev.sever is not a setting.'],
  ])('dev: %j', (dev, message) => {
    expect(wrong({ dev })).toEqual([
      expect.objectContaining({ message: expect.stringContaining(message) }),
    ]);
  });

  test.each([
    [
      { presets: ['strict'] },
      "validate.presets[0] is 'strict', but must be 'recommended', 'zero', 'house', 'supabase', 'patterns' or 'gateway'.",
    ],
    [
      { ignore: [{ rule: 'lint/char-type', object: 'a.b' }] },
      'validate.ignore[0].reason is missing, but must be a string.',
    ],
    [
      { rules: { 'lint/json-type': 'loud' } },
      "validate.rules['lint/json-type'] is 'loud', but must be 'error', 'warning', 'off', or one of them in a list with the options of the rule.",
    ],
    [
      { rules: { 'lint/json-type': ['error'] } },
      "validate.rules['lint/json-type'] is a list, but must be 'error', 'warning', 'off', or one of them in a list with the options of the rule.",
    ],
    [
      { ignore: [{ rule: 'lint/char-type', object: 'a.b', reason: '' }] },
      "validate.ignore[0].reason is '', but must be a string that is not empty.",
    ],
    [{ generate: true }, "validate.generate is true, but must be 'report', 'fail' or 'off'."],
    [
      { ownRules: ['lint/char-type'] },
      'validate.ownRules is a list, but must be a list of rules that defineRule() made.',
    ],
  ])('validate: %j', (validate, message) => {
    expect(wrong({ validate })).toEqual([expect.objectContaining({ message })]);
  });

  test('validate: the fix of a wrong severity is a severity, without options of another rule', () => {
    expect(wrong({ validate: { rules: { 'lint/char-type': 'fatal' } } })).toMatchObject([
      { fix: "write validate.rules['lint/char-type']: 'warning', or remove it." },
    ]);
  });

  test.each([
    [{ zeros: {} }, 'zeros is not a setting.', 'did you mean zero?'],
    [{ zero: null }, 'zero is null, but must be { out,', 'write zero: { … }, or remove it.'],
  ])('%j', (config, message, fix) => {
    expect(wrong(config)).toEqual([
      {
        path: Object.keys(config)[0],
        message: expect.stringContaining(message),
        fix: expect.stringContaining(fix),
      },
    ]);
  });

  test.each<[settings: object, path: string, message: string, fix: string]>([
    [{ tabels: {} }, 'tabels', 'zero.tabels is not a setting.', 'mean zero.tables?'],
    [
      { only: 'posts' },
      'only',
      "'posts', but must be a list of names",
      "write zero.only: ['name'], or remove it.",
    ],
    [
      { out: 5 },
      'out',
      '5, but must be a string',
      "write zero.out: 'src/apps/garden/zero', or remove it.",
    ],
    [{ defaults: 'sometimes' }, 'defaults', "'optional' or 'required'", "'optional'"],
    [{ importEnding: 'js' }, 'importEnding', "'.ts', '.js' or 'none'", "'.js'"],
    [{ relations: { users: null } }, 'relations.users', 'null', 'or remove it'],
    [{ only: [] }, 'only', 'a list, but must be a list of names', "zero.only: ['name']"],
    [
      { out: '' },
      'out',
      "'', but must be a string that is not empty",
      "zero.out: 'src/apps/garden/zero'",
    ],
    [{ tables: { posts: { key: [] } } }, 'tables.posts.key', 'must be a list of names', "['name']"],
    [{ relations: { posts: { by: '' } } }, 'relations.posts.by', "''", "'newName'"],
    [{ tables: { tags: true } }, 'tables.tags', 'true, but must be { key', 'or remove it'],
    [
      { tables: { posts: null } },
      'tables.posts',
      'null, but must be { key',
      'write zero.tables.posts: { … }',
    ],
    [{ tables: { posts: { key: 'id' } } }, 'tables.posts.key', "'id'", "['name']"],
    [{ tables: { posts: { colums: {} } } }, 'tables.posts.colums', 'is not a setting', '.columns?'],
    [{ tables: { posts: { defaults: 'maybe' } } }, 'tables.posts.defaults', "'maybe'", 'optional'],
    [
      { tables: { posts: { columns: { tags: 'no' } } } },
      'tables.posts.columns.tags',
      "'no', but must be true, false or { defaults }",
      'or remove it',
    ],
    [
      { tables: { posts: { columns: { a: { default: 'optional' } } } } },
      'tables.posts.columns.a.default',
      'is not a setting',
      'mean zero.tables.posts.columns.a.defaults?',
    ],
    [
      { manyToMany: { posts: { x: 5 } } },
      'manyToMany.posts.x',
      '5, but must be { many, one }, two names in a list, a string or false',
      'write zero.manyToMany.posts.x: { … }, or remove it.',
    ],
    [
      { manyToMany: { posts: { x: { many: 'postTags' } } } },
      'manyToMany.posts.x.one',
      'zero.manyToMany.posts.x.one is missing',
      "write one: 'relation' there",
    ],
  ])('%j', (settings, path, message, fix) => {
    expect(wrong({ zero: settings })).toEqual([
      {
        path: `zero.${path}`,
        message: expect.stringContaining(message),
        fix: expect.stringContaining(fix),
      },
    ]);
  });

  test('all problems are reported, in the order of the keys if the lines are unknown', () => {
    expect(
      wrong({ zero: { only: ['a', 5], out: 5, x: 1, y: 2, tables: { a: { key: '', z: 1 } } } }),
    ).toMatchObject([
      { path: 'zero.out' },
      { path: 'zero.only', message: expect.stringContaining('a list, but must be a list of') },
      { path: 'zero.tables.a.key' },
      { path: 'zero.tables.a.z', fix: 'the settings are: key, name, columns, defaults.' },
      { path: 'zero.x' },
      { path: 'zero.y' },
    ]);
  });

  test.each(['_zero', '', 'a-b', 'a"b', '1a', 'a'.repeat(64)])(
    '%j is no name of a publication',
    (publication) => {
      expect(wrong({ zero: { publication } })).toEqual([
        {
          path: 'zero.publication',
          message: `zero.publication is '${publication}', but must be a name of at most 63 letters, digits and _ that starts with a letter or false.`,
          fix: "write zero.publication: 'zero_data', or remove it.",
        },
      ]);
    },
  );
});

const users = `import { relations } from 'drizzle-orm';
import { pgTable, text } from 'drizzle-orm/pg-core';
export const users = pgTable('users', { id: text().primaryKey(), bossId: text() });
export const bosses = relations(users, ({ one, many }) => ({
  boss: one(users, { fields: [users.bossId], references: [users.id], relationName: 'b' }),
  staff: many(users, { relationName: 'b' }),
}));`;

describe.concurrent('problems in garden.config.ts have a line', () => {
  test('all problems at once, with exit code 2', async () => {
    using project = testProject({
      'schema.ts': users,
      'garden.config.ts': `const tables = {
  users: { key: 'id' },
};
export default {
  zero: {
    tables,
    only: 'users',
  },
};`,
    });
    const ran = await project.generate(['zero']);
    expect(ran).toMatchObject({ code: 2, out: '' });
    expect(ran.err).toContain('at  garden.config.ts:2  zero.tables.users.key\n');
    expect(ran.err).toContain('at  garden.config.ts:7  zero.only\n');
    const { problem, others } = JSON.parse((await project.generate(['--json'])).out) as {
      problem: object;
      others: object[];
    };
    expect([problem, ...others]).toMatchObject([
      {
        code: 'generate/garden-config',
        places: [{ file: 'garden.config.ts', line: 2, name: 'zero.tables.users.key' }],
        stage: 'config',
      },
      {
        code: 'generate/garden-config',
        places: [{ file: 'garden.config.ts', line: 7, name: 'zero.only' }],
        stage: 'config',
      },
    ]);
  });

  test.each([
    ['export default 3;', 'default export is not an object', 'defineGarden'],
    ['export default {', 'garden.config.ts cannot be loaded', 'correct the syntax'],
    ['import "./none";', 'Could not resolve "./none"', 'correct the path of the import'],
    ['throw new Error("not today");', 'not today', 'garden.config.ts:1'],
  ])('%s', async (text, message, told) => {
    using project = testProject({ 'schema.ts': users, 'garden.config.ts': text });
    const ran = await project.generate(['zero']);
    expect(ran).toMatchObject({ code: 2, out: '' });
    expect(ran.err).toContain(message);
    expect(ran.err).toContain(told);
  });

  test('also problems that depend on the schema, each once', async () => {
    using project = testProject({
      'schema.ts': users,
      'garden.config.ts': inZero(`{
  tables: { users: { columns: { nam: false } } },
  relations: { usrs: {}, users: { staff: 'boss' } },
  manyToMany: { users: { peers: { many: 'boss', one: 'boss' } } },
}`),
    });
    const ran = await project.generate(['zero', '--json']);
    expect(ran.code).toBe(1);
    const place = (file: string, line: number, name: string) => ({ file, line, name });
    const { findings } = JSON.parse(ran.out) as { findings: readonly Finding[] };
    expect(
      findings.map(({ code, stage, object, places }) => [code, stage, object, places]),
    ).toEqual([
      [
        'schema/unknown-relation',
        'relations',
        undefined,
        [place('garden.config.ts', 3, 'zero.relations.usrs')],
      ],
      [
        'schema/relation-name-clash',
        'relations',
        'users.staff',
        [
          place('garden.config.ts', 3, 'zero.relations.users.staff'),
          place('schema.ts', 6, 'users.staff'),
          place('schema.ts', 5, 'users.boss'),
        ],
      ],
      [
        'zero/unknown-name',
        'generate',
        undefined,
        [place('garden.config.ts', 2, 'zero.tables.users.columns.nam')],
      ],
      [
        'zero/no-path',
        'generate',
        undefined,
        [place('garden.config.ts', 4, 'zero.manyToMany.users.peers.many')],
      ],
    ]);
  });
});
