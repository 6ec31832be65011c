import { newId } from '../../../kit/index.ts';
import type { AnyDatabase } from '../../../postgres/any-database.ts';
import type { KeyRing } from '../../../secrets/key-ring.ts';
import { createServices } from '../../../services/create-services.ts';
import { isCanonicalUuid } from '../../../model/values/text-rules.ts';
import { PROMPTCRAFT_ROLE } from '../role.ts';
import { apiKeyMethods, type ApiKeyMethods } from './methods/api-key-methods.ts';
import type { MethodContext, OwnTables } from './methods/method-context.ts';
import { historyMethods, type HistoryMethods } from './methods/history-methods.ts';
import { preferenceMethods, type PreferenceMethods } from './methods/preference-methods.ts';
import { templateMethods, type TemplateMethods } from './methods/template-methods.ts';
import { countActivity, recordSecurityEvent } from './security-events.ts';
import { servedTables } from './served-tables.ts';

export interface PromptcraftServicesOptions {
  /** Its login role is a member of PROMPTCRAFT_ROLE. */
  readonly db: AnyDatabase;
  /** The keys of `openKeyRing()`; without them, API keys cannot be saved. */
  readonly ring?: KeyRing;
  /** Where denied attempts are recorded, as the server's own role; without it, none are. */
  readonly security?: AnyDatabase;
  /** Receives failures to record an event. */
  readonly onError?: (error: unknown) => void;
}

const defaults = {
  id: newId,
  createdAt: () => new Date(),
  updatedAt: () => new Date(),
};

/** The methods of one user, and the services of every table. */
export type UserServices = OwnTables &
  HistoryMethods &
  PreferenceMethods &
  ApiKeyMethods &
  TemplateMethods;

/**
 * The services of the app. Each operation is one transaction as the application's role with the
 * principal's claims, so that row-level security decides. It throws a `ServiceError` if it cannot
 * do what it was asked.
 *
 * @example
 * import { promptcraftServices } from '@techgarden/schema/promptcraft/server';
 * import { openKeyRing } from '@techgarden/schema/server';
 *
 * const services = promptcraftServices({ db, ring: await openKeyRing(), security: db });
 * const mine = services.as({ sub: '0197a3c5-0000-7000-8000-000000000001' });
 * await mine.saveApiConfig('openai', 'sk-…');
 * const { rows } = await mine.getPromptHistory(20);
 */
export function promptcraftServices(options: PromptcraftServicesOptions): {
  as(claims: Readonly<Record<string, unknown>>): UserServices;
} {
  const { db, ring, security, onError } = options;
  const services = createServices(servedTables, {
    db,
    role: PROMPTCRAFT_ROLE,
    defaults,
    onDenied({ table, operation }, claims) {
      const action = `${table} ${operation}`;
      if (security)
        noteDenial(security, userIdOf(claims), action).catch((error) => onError?.(error));
    },
  });
  return {
    as(claims) {
      const tables = services.as(claims);
      const context: MethodContext = { tables, userId: userIdOf(claims), ring };
      return {
        ...tables,
        ...historyMethods(context),
        ...preferenceMethods(context),
        ...apiKeyMethods(context),
        ...templateMethods(context),
      };
    },
  };
}

async function noteDenial(
  security: AnyDatabase,
  userId: string | undefined,
  action: string,
): Promise<void> {
  await recordSecurityEvent(security, { kind: 'access_denied', userId, action });
  if (userId !== undefined) await countActivity(security, userId, { denials: 1 });
}

function userIdOf({ sub }: Readonly<Record<string, unknown>>): string | undefined {
  return typeof sub === 'string' && isCanonicalUuid(sub) ? sub : undefined;
}
