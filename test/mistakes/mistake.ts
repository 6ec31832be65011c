import { kit } from '../../src/cli/generate/project.fixture.ts';

/** What somebody gets wrong, and how the command has to answer. */
export interface Mistake {
  readonly name: string;
  /** The project; what is not written comes from `testProject`. */
  readonly files: Readonly<Record<string, string>>;
  /** What is typed after `garden`. */
  readonly command: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly code: string;
  /** The first line of where it is; absent where it is what was typed. */
  readonly place?: string;
  /** A part of the advice. */
  readonly fix: string;
  /** The command tells it, and does its work. */
  readonly warning?: true;
}

/** A schema in Drizzle alone. The text begins in line 2. */
export const drizzleSchema = (text: string): Readonly<Record<string, string>> => ({
  'schema.ts': `import { relations, sql } from 'drizzle-orm'; import { bigint, check, index, integer, jsonb, pgEnum, pgPolicy, pgTable, pgView, point, primaryKey, serial, text, timestamp, uuid } from 'drizzle-orm/pg-core';
${text}`,
});

/** A schema with the kit. The text begins in line 3. */
export const kitSchema = (text: string): Readonly<Record<string, string>> => ({
  'schema.ts': `import { and, anyone, authenticated, between, can, defineAccess, eq, exists, gt, id, inList, matches, oneOf, or, owner, pgTable, references, role, serverOnly, uniqueOn } from ${kit};
import { sql } from 'drizzle-orm'; import { integer, jsonb, pgPolicy, pgView, text, timestamp, uuid } from 'drizzle-orm/pg-core';
${text}`,
});

/** A table in one line. */
export const NOTES = `export const notes = pgTable('notes', { id: uuid('id').primaryKey(), title: text('title') });`;

/** A project in which nothing is wrong. */
export const RIGHT = drizzleSchema(NOTES);
