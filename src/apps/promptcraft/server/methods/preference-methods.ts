import { ServiceError } from '../../../../services/service-error.ts';
import { DEFAULT_PREFERENCES, type UserPreferences } from '../../tables/user-preferences.ts';
import type { MethodContext } from './method-context.ts';
import { needUser } from './need-user.ts';

/** The settings of a user, without the columns of their row. */
export type Preferences = Omit<UserPreferences, 'id' | 'userId' | 'createdAt' | 'updatedAt'>;

export interface PreferenceMethods {
  /** The user's settings; the defaults if they have none. */
  getPreferences(): Promise<Preferences>;
  /** Creates the user's settings. What is left out has its default. */
  createPreferences(preferences?: Partial<Preferences>): Promise<Preferences>;
  /** Changes the user's settings, and creates them if necessary. */
  updatePreferences(changes: Partial<Preferences>): Promise<Preferences>;
  /** Deletes the user's settings, so that the defaults apply. */
  deletePreferences(): Promise<void>;
}

const NAMES = Object.keys(DEFAULT_PREFERENCES) as (keyof Preferences)[];

export function preferenceMethods({ tables, userId }: MethodContext): PreferenceMethods {
  type Tables = Pick<typeof tables, 'userPreferences'>;
  const find = async ({ userPreferences }: Tables, own: string) => {
    const { rows } = await userPreferences.list({ where: { userId: own }, limit: 1 });
    return rows[0];
  };
  const create = (
    { userPreferences }: Tables,
    own: string,
    preferences: Partial<Preferences>,
  ): Promise<Preferences> =>
    userPreferences.create(
      { ...DEFAULT_PREFERENCES, ...preferences, userId: own },
      { columns: NAMES },
    );
  return {
    async getPreferences() {
      const found = await find(tables, needUser(userId, 'user_preferences', 'get'));
      return Object.fromEntries(
        NAMES.map((name) => [name, (found ?? DEFAULT_PREFERENCES)[name]]),
      ) as unknown as Preferences;
    },
    async createPreferences(preferences = {}) {
      return create(tables, needUser(userId, 'user_preferences', 'create'), preferences);
    },
    async updatePreferences(changes) {
      const own = needUser(userId, 'user_preferences', 'update');
      return tables.transaction(async (services) => {
        const found = await find(services, own);
        return found
          ? services.userPreferences.update(found.id, changes, { columns: NAMES })
          : create(services, own, changes);
      });
    },
    async deletePreferences() {
      const own = needUser(userId, 'user_preferences', 'remove');
      const found = await find(tables, own);
      if (!found) throw new ServiceError({ code: 'not-found', table: 'user_preferences' });
      await tables.userPreferences.remove(found.id, { columns: [] });
    },
  };
}
