import { copyFile, mkdtemp, readFile, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ImportEnding } from '../../src/emit/zero/import-book.ts';
import { planZero } from '../../src/emit/zero/plan-zero.ts';
import { printZeroRules } from '../../src/emit/zero/print-zero-rules.ts';
import { printZeroSchema } from '../../src/emit/zero/print-zero-schema.ts';
import type { AccessRules } from '../../src/model/rule.ts';
import type { Schema } from '../../src/model/schema.ts';
import type { TsImport } from '../../src/model/ts-type.ts';
import { column, relation, schema, table, text, uuid } from './made-schema.fixture.ts';

const root = join(import.meta.dirname, '../..');
const sources = join(import.meta.dirname, 'name-cases');

/** Every kind of name clash, and every form of a type. */
function cases(folder: string): Schema {
  const from = { file: join(folder, 'types.fixture.ts') };
  const meta: TsImport = { name: 'Meta', from };
  const json = { kind: 'json', binary: true } as const;
  const typed = (key: string, ...parts: readonly (string | TsImport)[]) =>
    column(key, json, { ts: { kind: 'text', parts } });
  const file = join(folder, 'tables.fixture.ts');
  const id = uuid('id');
  return schema(
    [
      table('user', [
        id,
        text('kind', { type: { kind: 'text', values: ['b', "it's"] } }),
        column('age', { kind: 'integer', bits: 32, as: 'number' }, { notNull: false }),
        column('json', json, { notNull: false }),
        column('tags', { kind: 'array', of: { kind: 'text', values: ['x', 'y'] } }),
        typed('meta', meta),
        typed('other', { name: 'Meta', from: { file: join(folder, 'more-types.fixture.ts') } }),
        typed('settings', { name: 'default', from }),
        typed('spaced', { name: '*', from }, '.Meta'),
        text('brand', { ts: { kind: 'text', parts: [{ name: 'Row', from }] } }),
        text('root', { ts: { kind: 'text', parts: [{ name: 'User', from }] } }),
        typed('inline', '{\n  a: number // counted\n  b?: "c"\n}'),
        typed('zod', { name: 'ZodType', from: { package: 'zod' } }, '<', meta, ' | Date>[]'),
      ]),
      table('users', [id]),
      table(
        'schema',
        [
          id,
          column("it's", json, { name: 'its', ts: { kind: 'inferred' } }),
          column('maybe', json, { ts: { kind: 'inferred' }, notNull: false }),
        ],
        { file },
      ),
      table('row', [
        id,
        text('constructor'),
        text('toString'),
        text('π', { name: 'pi' }),
        text('type'),
      ]),
      table('dates', [id, column('1st', { kind: 'date', as: 'date' }, { name: 'first' })]),
      table('a-b', [id]),
      table('zql', [id]),
      table('delete', [id]),
      table('default', [id]),
      table('constructor', [id]),
      table('defaults', [id, text('filled', { default: 'database' }), text('wanted')], {
        doc: 'A comment that ends */ early,\n\nin several lines.',
      }),
      table('post', [id, text('title')]),
      table('posts', [id]),
      table('tags', [id, text('label')]),
      table('postTags', [id, uuid('postId'), uuid('tagId')], { uniques: [['postId', 'tagId']] }),
    ],
    [
      relation('post.assignments', 'many', 'id', 'postTags.postId'),
      relation('tags.assignments', 'many', 'id', 'postTags.tagId'),
      relation('postTags.post', 'one', 'postId', 'post.id'),
      relation('postTags.delete', 'one', 'tagId', 'tags.id'),
    ],
  );
}

const rules: AccessRules = {
  claims: { sub: { type: 'uuid', path: ['sub'] } },
  tables: {
    post: {
      table: 'post',
      key: ['id'],
      columns: { id: 'uuid', "it's": 'text' },
      read: { op: 'compare', column: "it's", with: '=', value: { literal: 'a\n"', type: 'text' } },
      insert: { op: 'nobody' },
      update: { from: { op: 'nobody' }, to: { op: 'nobody' } },
      delete: { op: 'and', rules: [] },
      immutable: ['id'],
    },
  },
};

/** Writes the generated files and the code that uses them into a temporary folder. */
export async function writeNameCases(ending: ImportEnding): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'garden-name-cases-'));
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
  for (const name of ['tables', 'types', 'more-types']) {
    await copyFile(join(sources, `${name}.fixture.ts`), join(folder, `${name}.fixture.ts`));
  }
  const uses = await readFile(join(sources, 'uses.fixture.ts'), 'utf8');
  const written = ending === 'none' ? '' : ending;
  await writeFile(join(folder, 'uses.ts'), uses.replaceAll(".gen.ts'", `.gen${written}'`));
  const outFile = join(folder, 'zero-schema.gen.ts');
  const { zero } = planZero(cases(folder), rules, {
    tables: { defaults: { defaults: 'optional' } },
  });
  await writeFile(outFile, printZeroSchema(zero, { outFile, importEnding: ending }));
  await writeFile(join(folder, 'zero-rules.gen.ts'), printZeroRules(rules));
  const bundled = ending === 'none';
  const compilerOptions = {
    target: 'es2022',
    module: bundled ? 'preserve' : 'nodenext',
    ...(bundled && { moduleResolution: 'bundler' }),
    types: [],
    paths: { '@techgarden/schema/server': [join(root, 'src/model/rule.ts')] },
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    verbatimModuleSyntax: true,
    erasableSyntaxOnly: true,
    allowImportingTsExtensions: true,
    skipLibCheck: true,
    noEmit: true,
  };
  await writeFile(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ compilerOptions, include: ['*.ts'] }),
  );
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  return folder;
}
