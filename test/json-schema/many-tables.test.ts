import { performance } from 'node:perf_hooks';
import { expect, test } from 'vitest';
import { planJsonSchema } from '../../src/emit/json-schema/plan-json-schema.ts';
import { printJson } from '../../src/emit/json-schema/print-json.ts';
import { readSchema } from '../../src/read/drizzle/read-schema.ts';
import * as everyType from './every-type.fixture.ts';

const file = new URL('every-type.fixture.ts', import.meta.url).pathname;

test('200 tables with every type take at most a second', () => {
  const { schema } = readSchema({ files: [{ file, exports: everyType }] });
  const { everything } = Object.fromEntries(
    schema.tables.map((table) => [table.exportName, table]),
  );
  const tables = Array.from({ length: 200 }, (_, at) => ({
    ...everything!,
    id: `table_${at}`,
    name: `table_${at}`,
  }));
  const start = performance.now();
  const text = printJson(planJsonSchema({ ...schema, tables }).document);
  expect(performance.now() - start).toBeLessThan(1000);
  const { $defs } = JSON.parse(text) as { $defs: object };
  // An enum type is defined once; a list of words once per column.
  expect(Object.keys($defs)).toHaveLength(200 * 4 + 1);
});
