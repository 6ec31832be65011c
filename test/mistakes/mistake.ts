import { kit } from '../../src/cli/generate/project.fixture.ts';

/** A mistake of a user, and the expected output. */
export interface Mistake {
  readonly name: string;
  /** The files of the project. Missing ones come from `testProject`. */
  readonly files: Readonly<Record<string, string>>;
  /** The arguments of `garden`. */
  readonly command: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly code: string;
  /** The first line of the place; absent for a mistake on the command line. */
  readonly place?: string;
  /** Part of the fix. */
  readonly fix: string;
  /** A warning: the command still does its work. */
  readonly warning?: true;
}

/** A schema with plain Drizzle. The text starts in line 2. */
export const drizzleSchema = (text: string): Readonly<Record<string, string>> => ({
  'schema.ts': `import { relations, sql } from 'drizzle-orm'; import { bigint, check, index, integer, jsonb, pgEnum, pgPolicy, pgTable, pgView, point, primaryKey, serial, text, timestamp, uuid } from 'drizzle-orm/pg-core';
${text}`,
});

/** A schema with the kit. The text starts in line 3. */
export const kitSchema = (text: string): Readonly<Record<string, string>> => ({
  'schema.ts': `import { and, anyone, authenticated, between, can, defineAccess, eq, exists, gt, id, inList, matches, oneOf, or, owner, pgTable, references, role, serverOnly, uniqueOn } from ${kit};
import { sql } from 'drizzle-orm'; import { integer, jsonb, pgPolicy, pgView, text, timestamp, uuid } from 'drizzle-orm/pg-core';
${text}`,
});

/** A table on one line. */
export const NOTES = `export const notes = pgTable('notes', { id: uuid('id').primaryKey(), title: text('title') });`;

/** A project without mistakes. */
export const RIGHT = drizzleSchema(NOTES);
