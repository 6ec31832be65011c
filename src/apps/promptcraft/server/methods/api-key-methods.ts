import { newId } from '../../../../kit/index.ts';
import { columnCipher } from '../../../../secrets/column-cipher.ts';
import { ServiceError } from '../../../../services/service-error.ts';
import { serviceError } from '../../../../services/to-service-error.ts';
import { apiConfigurations, type ApiConfiguration } from '../../tables/api-configurations.ts';
import { callFunction } from '../call-function.ts';
import type { MethodContext, ServiceIssue } from './method-context.ts';
import { needUser } from './need-user.ts';

/** A configuration without its key. */
export type ListedApiConfig = Omit<ApiConfiguration, 'apiKeyEncrypted'>;

export interface ApiKeyMethods {
  /** Encrypts and stores the user's key for a provider, instead of an earlier one. */
  saveApiConfig(provider: string, apiKey: string): Promise<ListedApiConfig>;
  /** The user's configurations, without their keys. */
  getApiConfigs(): Promise<readonly ListedApiConfig[]>;
  /** Deletes the user's key for a provider. */
  deleteApiConfig(provider: string): Promise<void>;
}

const TABLE = 'api_configurations';

export function apiKeyMethods({ tables, userId, ring }: MethodContext): ApiKeyMethods {
  type Tables = Pick<typeof tables, 'apiConfigurations' | 'apiProviders'>;
  const find = async (services: Tables, own: string, provider: string) => {
    const { rows } = await services.apiConfigurations.list({
      where: { userId: own, provider },
      limit: 1,
    });
    return rows[0];
  };
  return {
    async saveApiConfig(provider, apiKey) {
      const own = needUser(userId, TABLE, 'create');
      if (ring === undefined)
        throw new TypeError('promptcraftServices() needs a key ring: pass ring.');
      const cipher = columnCipher(apiConfigurations.apiKeyEncrypted, ring);
      return tables.transaction(async (services, tx) => {
        await checkKey(services, provider, apiKey);
        const id = (await find(services, own, provider))?.id ?? newId();
        const ciphertext = cipher.encrypt(id, apiKey);
        const saved = await callFunction<boolean>(tx, 'save_api_configuration', [
          { name: 'configuration', type: 'uuid', value: id },
          { name: 'for_provider', type: 'text', value: provider },
          { name: 'ciphertext', type: 'text', value: ciphertext },
        ]).catch((error: unknown) => {
          throw serviceError(error, { table: TABLE, operation: 'create' });
        });
        // Another call has stored a first key meanwhile.
        if (!saved) {
          const constraint = 'api_configurations_user_id_provider_unique';
          throw new ServiceError({ code: 'conflict', table: TABLE, constraint });
        }
        return services.apiConfigurations.get(id);
      });
    },
    async getApiConfigs() {
      const own = needUser(userId, TABLE, 'list');
      const { rows } = await tables.apiConfigurations.list({
        where: { userId: own },
        order: { provider: 'asc' },
        limit: 1000,
      });
      return rows;
    },
    async deleteApiConfig(provider) {
      const found = await find(tables, needUser(userId, TABLE, 'remove'), provider);
      if (!found) throw new ServiceError({ code: 'not-found', table: TABLE });
      await tables.apiConfigurations.remove(found.id, { columns: [] });
    },
  };
}

/** Refuses unknown providers, and texts that are no key of the provider. */
async function checkKey(
  { apiProviders }: Pick<MethodContext['tables'], 'apiProviders'>,
  name: string,
  apiKey: string,
): Promise<void> {
  const { rows } = await apiProviders.list({ where: { name, isEnabled: true }, limit: 1 });
  const [found] = rows;
  if (!found) throw invalid({ path: ['provider'], message: 'is not an enabled provider' });
  const pattern = found.apiKeyPattern;
  if (apiKey.trim() === '' || (pattern !== null && !new RegExp(pattern, 'u').test(apiKey))) {
    const message = `does not have the form of a key of ${found.displayName}`;
    throw invalid({ path: ['apiKey'], message });
  }
}

const invalid = (issue: ServiceIssue): ServiceError =>
  new ServiceError({ code: 'invalid', table: TABLE, issues: [issue] });
