import { companionSql, definerFunction, principalClaim } from '../../../kit/index.ts';

/** Stores the ciphertext of a user's API key. It never returns one. */
export const apiKeyFunctions = companionSql(
  ...definerFunction({
    name: 'save_api_configuration',
    parameters: [
      { name: 'configuration', type: 'uuid' },
      { name: 'for_provider', type: 'text' },
      { name: 'ciphertext', type: 'text' },
    ],
    returns: 'boolean',
    reads: false,
    // The ciphertext is bound to the id of its row. False: the user has another row for the
    // provider.
    body: `begin
  insert into public.api_configurations as c (id, user_id, provider, api_key_encrypted, is_active,
    is_validated, usage_count, created_at, updated_at)
  values (configuration, ${principalClaim('sub')}, for_provider, ciphertext, true, false, 0, now(), now())
  on conflict (user_id, provider) do update set api_key_encrypted = excluded.api_key_encrypted,
    is_active = true, is_validated = false, last_validated_at = null, validation_error = null
  where c.id = excluded.id;
  return found;
end`,
  }),
);
