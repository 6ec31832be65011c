import { ServiceError } from '../../../../services/service-error.ts';
import type { ServiceOperation } from './method-context.ts';

/** The id of the user; a method about their own rows is denied to anyone else. */
export function needUser(
  userId: string | undefined,
  table: string,
  operation: ServiceOperation,
): string {
  if (userId !== undefined) return userId;
  throw new ServiceError({ code: 'denied', table, operation });
}
