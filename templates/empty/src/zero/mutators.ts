import { defineMutators } from '@rocicorp/zero';
import { crudMutators } from '@techgarden/schema/sync';
import { checks } from './zero-checks.gen.ts';
import { schema } from './zero-schema.gen.ts';
import './context.ts';

/** `rows.TABLE.insert`, `update` and `delete`, and your own mutators. */
export const mutators = defineMutators({ rows: crudMutators(schema, { checks }) });
