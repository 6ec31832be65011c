import type { Table } from '../../model/table.ts';
import type { CompanionObject } from './companion-object.ts';
import { emitComments } from './emit-comments.ts';
import { emitExtensions } from './emit-extensions.ts';
import { emitTouchTriggers } from './emit-touch-triggers.ts';

/** What the companion SQL is made from. */
export interface CompanionInput {
  readonly tables: readonly Table[];
  readonly extensions: readonly string[];
}

/** All that the tables need of the database beyond what drizzle-kit writes, in the order to make it. */
export function emitCompanion(input: CompanionInput): readonly CompanionObject[] {
  return [
    ...emitExtensions(input.extensions),
    ...emitTouchTriggers(input.tables),
    ...emitComments(input.tables),
  ];
}
