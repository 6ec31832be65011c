import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { usePromptTemplate } from '../../src/apps/promptcraft/server/index.ts';
import { ADA, BEN, openAppDatabase, refused, rowNumber, type AppDatabase } from './app-database.ts';

const [PRIVATE, PUBLIC, OFF, SYSTEM] = [1, 2, 3, 4].map(rowNumber) as [
  string,
  string,
  string,
  string,
];

let app: AppDatabase;
beforeAll(async () => {
  app = await openAppDatabase();
});
afterAll(() => app[Symbol.asyncDispose]());
beforeEach(async () => {
  await app.reset();
  await app.database.client.exec(`
insert into prompt_templates (id, user_id, name, framework_id, template_content, variables, commit_message, is_public, is_active, usage_count, created_at, updated_at)
select ('00000000-0000-4000-a000-' || lpad(g::text, 12, '0'))::uuid, case when g < 4 then '${ADA}'::uuid end, 't' || g, 'tag',
  'one {{a}}', '[{"name": "a", "type": "text"}]', 'First', g > 1, g <> 3, 0, '2026-01-01', '2026-01-01' from generate_series(1, 4) g`);
});

const versions = (template = PUBLIC) =>
  `select version, template_content, commit_message from prompt_template_versions where template_id = '${template}' order by version`;
const commit = (content: string, message: string, template = PUBLIC) =>
  app.rowsAs(
    ADA,
    `update prompt_templates set template_content = '${content}', commit_message = '${message}' where id = '${template}'`,
  );

describe('public and private', () => {
  const visible = async (sub: string | undefined) =>
    (await app.rowsAs(sub, 'select name from prompt_templates order by name')).map(
      ({ name }) => name,
    );

  test('the owner reads all, others the public ones that are active', async () => {
    expect(await visible(ADA)).toEqual(['t1', 't2', 't3', 't4']);
    expect(await visible(BEN)).toEqual(['t2', 't4']);
    expect(await visible(undefined)).toEqual(['t2', 't4']);
  });

  test('others neither change them nor read their versions', async () => {
    const change = `update prompt_templates set name = 'mine' where id = '${PUBLIC}' returning id`;
    expect(await app.rowsAs(BEN, change)).toEqual([]);
    expect(await app.rowsAs(BEN, versions())).toEqual([]);
    expect(await app.rowsAs(ADA, versions())).toHaveLength(1);
  });

  test('nobody writes a template in the name of another user, or of the app', async () => {
    for (const owner of [`'${BEN}'`, 'null']) {
      await expect(
        app.rowsAs(
          ADA,
          `insert into prompt_templates (id, user_id, name, framework_id, template_content, is_public, is_active, usage_count, created_at, updated_at)
values (gen_random_uuid(), ${owner}, 'x', 'tag', 'x', true, true, 0, now(), now())`,
        ),
      ).rejects.toMatchObject(refused(/row-level security/));
    }
  });
});

describe('versions', () => {
  test('each content is a version with its message, and other changes are none', async () => {
    await commit('two', 'Second');
    await app.rowsAs(ADA, `update prompt_templates set name = 'renamed' where id = '${PUBLIC}'`);
    expect(await app.rowsAs(ADA, versions())).toEqual([
      { version: 1, template_content: 'one {{a}}', commit_message: 'First' },
      { version: 2, template_content: 'two', commit_message: 'Second' },
    ]);
  });

  test('nobody changes or deletes one', async () => {
    for (const statement of [
      'delete from prompt_template_versions',
      `update prompt_template_versions set template_content = 'forged'`,
      `insert into prompt_template_versions (id, template_id, version, template_content, created_at) values (gen_random_uuid(), '${PUBLIC}', 9, 'x', now())`,
    ]) {
      await expect(app.rowsAs(ADA, statement)).rejects.toMatchObject(refused(/permission denied/));
    }
  });
});

describe('labels', () => {
  const versionId = async (version: number, template = PUBLIC): Promise<string> => {
    const [row] = await app.rows(
      `select id from prompt_template_versions where template_id = '${template}' and version = ${version}`,
    );
    return String(row?.['id']);
  };
  const label = (template: string, version: string) =>
    `insert into prompt_template_labels (id, template_id, name, version_id, created_at, updated_at)
values (gen_random_uuid(), '${template}', 'production', '${version}', now(), now())`;

  test('a label moves between versions, and names one of them', async () => {
    await commit('two', 'Second');
    const [first, second] = [await versionId(1), await versionId(2)];
    await app.rowsAs(ADA, label(PUBLIC, first));
    await expect(app.rowsAs(ADA, label(PUBLIC, second))).rejects.toMatchObject(
      refused(/prompt_template_labels_template_id_name_unique/),
    );
    await app.rowsAs(ADA, `update prompt_template_labels set version_id = '${second}'`);
    expect(
      await app.rowsAs(
        ADA,
        'select v.version from prompt_template_labels l join prompt_template_versions v on v.id = l.version_id',
      ),
    ).toEqual([{ version: 2 }]);
  });

  test('it belongs to the template of its version, and to its owner', async () => {
    const other = await versionId(1, PRIVATE);
    await expect(app.rowsAs(ADA, label(PUBLIC, other))).rejects.toMatchObject(
      refused(/foreign key constraint/),
    );
    const own = await versionId(1);
    await expect(app.rowsAs(BEN, label(PUBLIC, own))).rejects.toMatchObject(
      refused(/row-level security/),
    );
  });
});

describe('usage', () => {
  test('counts the uses of active templates that the principal may read', async () => {
    expect(await app.as(BEN, (tx) => usePromptTemplate(tx, PUBLIC))).toBe(1);
    expect(await app.as(undefined, (tx) => usePromptTemplate(tx, PUBLIC))).toBe(2);
    expect(await app.as(ADA, (tx) => usePromptTemplate(tx, PRIVATE))).toBe(1);
    expect(await app.as(undefined, (tx) => usePromptTemplate(tx, SYSTEM))).toBe(1);
    expect(await app.as(BEN, (tx) => usePromptTemplate(tx, PRIVATE))).toBeUndefined();
    expect(await app.as(ADA, (tx) => usePromptTemplate(tx, OFF))).toBeUndefined();
    expect(await app.rowsAs(ADA, versions())).toHaveLength(1);
    await expect(
      app.rowsAs(ADA, 'update prompt_templates set usage_count = 99'),
    ).rejects.toMatchObject(refused(/permission denied/));
  });
});
