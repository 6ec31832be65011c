import { sql } from 'drizzle-orm';
import type { AnyDatabase } from '../../../postgres/any-database.ts';
import { rowsOf } from '../../../postgres/rows-of.ts';
import { columnCipher } from '../../../secrets/column-cipher.ts';
import type { KeyRing } from '../../../secrets/key-ring.ts';
import { apiConfigurations } from '../tables/api-configurations.ts';

/** Whose key, and for which provider. */
export interface ApiKeyOf {
  readonly userId: string;
  readonly provider: string;
}

/**
 * Decrypts a user's API key for one request, and counts the use. Returns undefined if the user has
 * no active key for the provider. Run it as the server, and pass the key to nobody but the
 * provider.
 */
export async function useApiKey(
  db: AnyDatabase,
  ring: KeyRing,
  { userId, provider }: ApiKeyOf,
): Promise<string | undefined> {
  const [row] = await rowsOf<{ id: string; value: string }>(
    db,
    sql`update api_configurations set usage_count = usage_count + 1, last_used_at = now()
      where user_id = ${userId}::uuid and provider = ${provider} and is_active
      returning id, api_key_encrypted as value`,
  );
  return row && columnCipher(apiConfigurations.apiKeyEncrypted, ring).decrypt(row.id, row.value);
}

/** Notes whether the provider has accepted a user's key. Run it as the server. */
export async function markApiKey(
  db: AnyDatabase,
  { userId, provider }: ApiKeyOf,
  /** The provider's message, without the key; absent if it has accepted the key. */
  error?: string,
): Promise<void> {
  await db.execute(sql`
    update api_configurations set is_validated = ${error === undefined}, last_validated_at = now(),
      validation_error = ${error ?? null}
    where user_id = ${userId}::uuid and provider = ${provider}`);
}
