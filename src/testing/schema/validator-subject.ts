import type { PgTable } from 'drizzle-orm/pg-core';
import type { z } from 'zod';
import type { Table } from '../../model/table.ts';
import type { AnyDatabase } from '../../postgres/any-database.ts';
import { insertSchema, selectSchema, updateSchema } from '../../zod/table-schemas.ts';
import type { PostgresClient } from '../access/postgres-world.ts';
import type { Coverage } from './coverage.ts';

export type WriteKind = 'insert' | 'update';

/** A table, its validators, and the database to compare them with. */
export interface ValidatorSubject {
  readonly client: PostgresClient;
  readonly coverage: Coverage;
  /** Drizzle on the same connection. */
  readonly db: AnyDatabase;
  /** The Drizzle table. */
  readonly table: PgTable;
  readonly model: Table;
  readonly schemas: Readonly<Record<WriteKind | 'select', z.ZodType>>;
}

export function validatorSubject(parts: Omit<ValidatorSubject, 'schemas'>): ValidatorSubject {
  const { table } = parts;
  const schemas = {
    insert: insertSchema(table),
    update: updateSchema(table),
    select: selectSchema(table),
  };
  return { ...parts, schemas };
}
