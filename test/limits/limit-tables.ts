import { integer } from 'drizzle-orm/pg-core';
import {
  bucketColumns,
  bucketConstraints,
  budgetColumns,
  budgetConstraints,
  companionSql,
  id,
  pgTable,
  references,
  reservationColumns,
  reservationConstraints,
  unlogged,
} from '../../src/kit/index.ts';

export const rateLimits = pgTable('rate_limits', { ...bucketColumns() }, (t) => [
  ...bucketConstraints(t),
]);
const rateLimitStorage = companionSql(...unlogged(rateLimits));

export const budgets = pgTable('budgets', { id: id(), ...budgetColumns() }, (t) => [
  ...budgetConstraints(t),
]);
export const holds = pgTable('holds', { ...reservationColumns() }, (t) => [
  references(t.budgetId, budgets.id, 'cascade'),
  ...reservationConstraints(t),
]);
export const tickets = pgTable('tickets', { id: id(), left: integer('left').notNull() });

export const limitSchema = { rateLimits, rateLimitStorage, budgets, holds, tickets };
