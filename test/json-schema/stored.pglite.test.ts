import type { PGlite } from '@electric-sql/pglite';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { generateDrizzleJson, generateMigration } from 'drizzle-kit/api';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { planJsonSchema } from '../../src/emit/json-schema/plan-json-schema.ts';
import { printJson } from '../../src/emit/json-schema/print-json.ts';
import { newId } from '../../src/kit/index.ts';
import { readSchema } from '../../src/read/drizzle/read-schema.ts';
import { blankPostgres } from '../../src/testing/blank-postgres.fixture.ts';
import * as everyType from './every-type.fixture.ts';
import { hostileJson } from './hostile-json.ts';

const file = new URL('every-type.fixture.ts', import.meta.url).pathname;
const { schema } = readSchema({ files: [{ file, exports: everyType }] });
const ajv = addFormats.default(new Ajv2020({ strict: false }));
ajv.addSchema(JSON.parse(printJson(planJsonSchema(schema).document)) as object, 'rows');
const validate = ajv.getSchema('rows#/$defs/EverythingInsert')!;
const { columns } = schema.tables.find(({ name }) => name === 'everything')!;
/** The embedded Postgres has no pgvector. Only Postgres knows the text of the other types. */
const judged = columns.filter(({ name, type }) => name !== 'id' && type.kind !== 'other');

let client: PGlite;
beforeAll(async () => {
  client = await blankPostgres();
  const statements = await generateMigration(
    generateDrizzleJson({}),
    generateDrizzleJson(everyType as never),
  );
  await client.exec(
    statements
      .join('\n')
      .replaceAll('vector(3)', 'text')
      .replaceAll('--> statement-breakpoint', ''),
  );
});
afterAll(() => client.close());

/** As a backend in another language writes a row. */
const insert = async (row: object): Promise<boolean> =>
  client
    .query(
      'insert into everything select * from json_populate_record(null::everything, $1::text::json)',
      [JSON.stringify(row)],
    )
    .then(
      () => true,
      () => false,
    );

test.each(judged)('Postgres stores what $name accepts', async ({ name, type }) => {
  let accepted = 0;
  await fc.assert(
    fc.asyncProperty(hostileJson(type), async (value) => {
      const row = { id: newId(), [name]: value };
      if (!validate(row)) return;
      // docs/json-schema.md: Postgres refuses lone surrogates, and NUL in JSON.
      if (/\\u0000|\\ud[89a-f]/.test(JSON.stringify(value))) return;
      accepted += 1;
      expect({ value, isStored: await insert(row) }).toEqual({ value, isStored: true });
    }),
    { numRuns: 150 },
  );
  expect(accepted).toBeGreaterThan(5);
});
