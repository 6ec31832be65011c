import type { AnyPreparedQuery } from '../../../postgres/queries/explainable.ts';
import * as audit from './audit.ts';
import * as requests from './requests.ts';
import * as servers from './servers.ts';
import * as users from './users.ts';

/** The prepared queries of the app, for `garden explain`; of pages, the first one. */
export const preparedQueries = [audit, requests, servers, users].flatMap((module) =>
  Object.values<object>(module).map((query): unknown => ('first' in query ? query.first : query)),
) as readonly AnyPreparedQuery[];
