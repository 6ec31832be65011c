import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  document,
  hostileRows,
  insertName,
  soundRows,
  tables,
  validatorOf,
} from './gateway-rows.ts';

const PROGRAM = `
import json, sys
from jsonschema import Draft202012Validator
data = json.load(sys.stdin)
found = []
for name, rows in data["rows"]:
    one = Draft202012Validator({"$ref": "#/$defs/" + name, "$defs": data["document"]["$defs"]})
    found.append([one.is_valid(row) for row in rows])
json.dump(found, sys.stdout)
`;

test("Python's jsonschema judges the rows of the gateway as Ajv does", () => {
  const samples = tables.map((table) => ({
    table,
    rows: [
      ...fc.sample(soundRows(table), 20),
      ...fc
        .sample(
          // Without `format`, which Python only annotates, and lone surrogates, which UTF-8 cannot encode.
          hostileRows(table).filter(
            ({ column, value }) =>
              column.type.kind !== 'timestamp' && !/\\ud[89a-f]/.test(JSON.stringify(value)),
          ),
          80,
        )
        .map(({ json }) => json),
    ],
  }));
  const input = JSON.stringify({
    document,
    rows: samples.map(({ table, rows }) => [insertName(table), rows]),
  });
  const output = execFileSync('/usr/bin/python3', ['-c', PROGRAM], {
    input,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  const found = JSON.parse(output) as readonly (readonly boolean[])[];
  samples.forEach(({ table, rows }, at) => {
    const validate = validatorOf(table);
    const expected = rows.map((row) => validate(row));
    const differences = rows.filter((_, index) => found[at]?.[index] !== expected[index]);
    expect({ table: table.name, differences }).toEqual({ table: table.name, differences: [] });
    expect(new Set(expected).size).toBe(2);
  });
});
