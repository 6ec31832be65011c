import { companionSql, definerFunction, mayRead } from '../../../kit/index.ts';
import { promptTemplates } from '../tables/prompt-templates.ts';
import { trigger } from './trigger.ts';

// The row lock of the insert or update puts the versions of a template in order.
const KEEP = `begin
  insert into public.prompt_template_versions
    (id, template_id, version, template_content, variables, commit_message, created_at)
  select gen_random_uuid(), new.id,
    coalesce((select max(v.version) from public.prompt_template_versions v where v.template_id = new.id), 0) + 1,
    new.template_content, new.variables, new.commit_message, new.updated_at;
  return null;
end`;

/** Keeps each content of a template as a version, and counts uses. */
export const templateFunctions = companionSql(
  ...trigger({
    name: 'keep_first_template_version',
    table: promptTemplates,
    when: 'after insert',
    body: KEEP,
  }),
  ...trigger({
    name: 'keep_template_version',
    table: promptTemplates,
    when: 'after update',
    condition:
      'new.template_content is distinct from old.template_content or new.variables is distinct from old.variables',
    body: KEEP,
  }),
  ...definerFunction({
    name: 'use_prompt_template',
    parameters: [{ name: 'template', type: 'uuid' }],
    returns: 'integer',
    reads: false,
    // The row lock of the update makes the count exact. It returns NULL for a template that does
    // not exist, is switched off or is not visible.
    body: `declare
  uses integer;
begin
  update public.prompt_templates as t set usage_count = t.usage_count + 1
  where t.id = template and t.is_active and ${mayRead(promptTemplates, 't')}
  returning t.usage_count into uses;
  return uses;
end`,
  }),
);
