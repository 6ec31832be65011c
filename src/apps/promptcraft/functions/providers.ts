import { companionSql } from '../../../kit/index.ts';
import { apiModels } from '../tables/api-models.ts';
import { trigger } from './trigger.ts';

/** Keeps api_providers.supported_models equal to the enabled rows of api_models. */
export const providerTriggers = companionSql(
  ...trigger({
    name: 'list_supported_models',
    table: apiModels,
    when: 'after insert or update or delete',
    body: `begin
  update public.api_providers p set supported_models = (
    select coalesce(jsonb_agg(m.name order by m.sort_order, m.name), '[]')
    from public.api_models m where m.provider = p.name and m.is_enabled
  )
  where p.name = coalesce(new.provider, old.provider);
  return null;
end`,
  }),
);
