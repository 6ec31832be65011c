import type { PGlite } from '@electric-sql/pglite';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { gatewayMigrations } from '../../src/apps/gateway/migrations-folder.ts';
import type { ColumnType } from '../../src/model/column-type.ts';
import type { Table } from '../../src/model/table.ts';
import { testDatabase, type TestDatabase } from '../../src/testing.ts';
import { document, hostileRows, soundRows, tables, validatorOf } from './gateway-rows.ts';

let database: TestDatabase<Record<string, never>>;
let client: PGlite;
beforeAll(async () => {
  database = await testDatabase({ folder: gatewayMigrations });
  ({ client } = database);
  // Foreign keys are about other rows.
  await client.exec(`set session_replication_role = replica;
    create table other_requests partition of server_requests default;
    alter table mcp_servers drop constraint ${ACROSS_COLUMNS}`);
});
afterAll(() => database[Symbol.asyncDispose]());

/** The CHECK that compares two columns, which the document lists in x-checks. */
const ACROSS_COLUMNS = 'mcp_servers_valid_date_range_check';

/** Whether Postgres stores a row, as a backend in another language writes it. */
async function isStored({ name }: Table, json: object): Promise<boolean> {
  await client.exec('begin');
  try {
    await client.query(
      `insert into ${name} select * from json_populate_record(null::${name}, $1::text::json)`,
      [JSON.stringify(json)],
    );
    return true;
  } catch {
    return false;
  } finally {
    await client.exec('rollback');
  }
}

test('the document lists the check across columns', () => {
  const { $defs } = document as { $defs: Record<string, unknown> };
  expect(JSON.stringify($defs['McpServersInsert'])).toContain(ACROSS_COLUMNS);
});

test.each(tables.map((table) => ({ table, name: table.name })))(
  'Postgres stores the rows of $name that the JSON Schema accepts, and no others',
  async ({ table }) => {
    const validate = validatorOf(table);
    await fc.assert(
      fc.asyncProperty(soundRows(table), async (json) => {
        expect({ json, valid: validate(json) }).toEqual({ json, valid: true });
        expect({ json, stored: await isStored(table, json) }).toEqual({ json, stored: true });
      }),
      { numRuns: 10 },
    );
    const verdicts = { accepted: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(hostileRows(table), async ({ json, column, value }) => {
        const accepted = validate(json);
        if (!isJudgedAlike(column.type, value)) return;
        verdicts[accepted ? 'accepted' : 'refused'] += 1;
        const stored = await isStored(table, json);
        expect({ column: column.name, value, stored }).toEqual({
          column: column.name,
          value,
          stored: accepted,
        });
      }),
      { numRuns: 100 },
    );
    expect(verdicts.accepted).toBeGreaterThan(0);
    expect(verdicts.refused).toBeGreaterThan(0);
  },
);

/**
 * Whether docs/json-schema.md promises the same verdict. `json_populate_record` converts values of
 * another JSON type, and Postgres reads further spellings of uuids and times.
 */
function isJudgedAlike(type: ColumnType, value: unknown): boolean {
  if (value === null) return type.kind !== 'json';
  if (/\\u0000|\\ud[89a-f]/.test(JSON.stringify(value))) return false;
  switch (type.kind) {
    case 'integer':
      return Number.isInteger(value);
    case 'boolean':
      return typeof value === 'boolean';
    case 'json':
      return true;
    case 'uuid':
      return (
        typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)
      );
    case 'timestamp':
      return (
        typeof value === 'string' &&
        /^\d{4}-\d\d-\d\dT(?!24)\d\d:\d\d:(?!60)\d\d(\.\d{1,6})?Z$/.test(value)
      );
    default:
      return typeof value === 'string';
  }
}
