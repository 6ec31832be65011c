import type { Sql } from 'postgres';
import { PROMPTCRAFT_ROLE } from '../../src/apps/promptcraft/role.ts';
import { promptcraftMigrations } from '../../src/apps/promptcraft/migrations-folder.ts';
import { mutators, queries, schema } from '../../src/apps/promptcraft/zero/index.ts';
import { rules } from '../../src/apps/promptcraft/zero/zero-rules.gen.ts';
import { catalogStatements } from '../../src/apps/promptcraft/seed/catalog-statements.ts';
import { newId } from '../../src/kit/index.ts';
import type { Claims } from '../../src/model/rule.ts';
import type { HostileCall, Planted } from '../hostile/hostile-app.ts';
import { testHostileClients } from '../hostile/test-hostile-clients.ts';

/** In token_hash, which is server-only: the start of each hash. */
const SECRET_HASH = 'hashofatokenthatnoclientmayeverreceive00000';

testHostileClients({
  name: 'promptcraft',
  migrations: promptcraftMigrations,
  schema,
  queries,
  mutators,
  rules,
  role: PROMPTCRAFT_ROLE,
  publication: 'promptcraft_zero',
  plant,
  // They refuse everyone but administrators, or write a row of the principal and return no row.
  harmless: ['set_user_active', 'save_api_configuration', 'submit_feedback'],
});

/** Three users with prompts, templates, feedback, keys and sessions of their own. */
async function plant(sql: Sql): Promise<Planted> {
  const [ann, ben, eve] = [newId(), newId(), newId()] as const;
  for (const statement of catalogStatements()) await sql.unsafe(statement);
  for (const [id, name] of Object.entries({ [ann]: 'Ann', [ben]: 'Ben', [eve]: 'Eve' })) {
    await sql`insert into users values (${id}, ${name}, now(), now())`;
    await sql`insert into user_profiles (id, user_id, bio, is_active, created_at, updated_at) values (${newId()}, ${id}, 'bio', true, now(), now())`;
    await sql`insert into user_preferences (id, user_id, selected_model, selected_framework, theme, language, enable_notifications, enable_analytics, enable_history, enable_feedback, max_history_days, auto_cleanup, created_at, updated_at)
      values (${newId()}, ${id}, 'openai', 'roses', 'dark', 'en', true, true, true, true, 30, true, now(), now())`;
    await sql`insert into user_sessions (id, user_id, token_hash, token_prefix, last_seen_at, created_at) values (${newId()}, ${id}, ${SECRET_HASH.slice(0, 40) + name}, 'pcs_', now(), now())`;
    await sql`insert into api_usage_logs (id, user_id, provider, status_code, created_at) values (${newId()}, ${id}, 'openai', 200, now())`;
    await sql`insert into prompt_history (id, user_id, framework_id, framework_name, model, provider, user_input, vibe_coding, status, created_at, updated_at)
      values (${newId()}, ${id}, 'roses', 'R.O.S.E.S', 'gpt-4o', 'openai', 'mine', false, 'pending', now(), now())`;
  }
  const templates: { readonly id: string; readonly owner: string; readonly open: boolean }[] = [];
  for (const owner of [ann, ben]) {
    for (const [isPublic, isActive] of [
      [false, true],
      [true, true],
      [true, false],
    ] as const) {
      const id = newId();
      await sql`insert into prompt_templates (id, user_id, name, framework_id, template_content, is_public, is_active, usage_count, created_at, updated_at)
        values (${id}, ${owner}, 'template', 'tag', 'first', ${isPublic}, ${isActive}, 0, now(), now())`;
      await sql`update prompt_templates set template_content = 'second' where id = ${id}`;
      await sql`insert into prompt_template_labels (id, template_id, name, version_id, created_at, updated_at)
        select ${newId()}, template_id, 'production', id, now(), now() from prompt_template_versions where template_id = ${id} and version = 1`;
      templates.push({ id, owner, open: isPublic && isActive });
    }
  }
  const tickets: { readonly id: string; readonly author: string | null }[] = [];
  for (const author of [ann, ben, null]) {
    const id = newId();
    await sql`insert into feedback (id, user_id, message, feedback_type, priority, status, created_at, updated_at) values (${id}, ${author}, 'help', 'bug', 'low', 'open', now(), now())`;
    await sql`update feedback set admin_response = 'done', admin_user_id = ${eve} where id = ${id}`;
    await sql`insert into feedback_tag_links select ${newId()}, ${id}, id, now() from feedback_tags limit 1`;
    tickets.push({ id, author });
  }
  return {
    principals: {
      anonymous: {},
      ann: { sub: ann },
      ben: { sub: ben },
      eve: { sub: eve },
      admin: { sub: eve, roles: ['admin'] },
      forged: { sub: `${ann}' or true --`, roles: 'admin' },
    },
    queries: [
      queries.prompts.history({}),
      queries.prompts.history({ frameworkId: 'roses', status: 'pending' }),
      queries.templates.mine({}),
      queries.templates.popular({}),
      ...templates.map(({ id }) => queries.templates.one({ id })),
      queries.feedback.mine({}),
      queries.feedback.queue({}),
      queries.feedback.categories(),
      queries.feedback.tags(),
      queries.catalog.frameworks(),
      queries.catalog.providers(),
      queries.user.me(),
      queries.user.notifications({}),
      queries.user.usage({}),
    ],
    calls: callsOf(templates, tickets),
    secrets: [SECRET_HASH.slice(0, 40)],
  };
}

/** Every function of the app, aimed at all rows. */
function callsOf(
  templates: readonly { readonly id: string }[],
  tickets: readonly { readonly id: string; readonly author: string | null }[],
): readonly HostileCall[] {
  const list = (rows: readonly { readonly id: string }[]): string =>
    `(values ${rows.map(({ id }) => `('${id}'::uuid)`).join()}) given (id)`;
  const isAuthor = (id: string, _: unknown, { sub }: Claims): boolean =>
    sub !== undefined && tickets.find((one) => one.id === id)?.author === sub;
  return [
    {
      name: 'use_prompt_template',
      query: `select id from ${list(templates)} where use_prompt_template(id) is not null`,
      table: 'promptTemplates',
    },
    {
      name: 'rate_feedback',
      query: `select id from ${list(tickets)} where rate_feedback(id, 5)`,
      table: 'feedback',
      allows: isAuthor,
    },
  ];
}
