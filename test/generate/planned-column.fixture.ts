import { expect } from 'vitest';
import { planZero } from '../../src/emit/zero/plan-zero.ts';
import type { Column } from '../../src/model/column.ts';
import type { ZeroChoices } from '../../src/model/zero-choices.ts';
import { schema, table, uuid } from './made-schema.fixture.ts';

/** Plans one column `it` of the table `things`. */
export function planned(own: Column, choices: ZeroChoices = {}) {
  const { zero, publication, findings } = planZero(
    schema([
      table('things', [uuid('id'), own], {
        file: '/project/schema.ts',
        at: { file: '/project/schema.ts', line: 1 },
      }),
    ]),
    undefined,
    choices,
  );
  const found = zero.tables[0]?.columns.find(({ name }) => name === own.key);
  const published = publication?.tables[0]?.columns.find(({ name }) => name === own.name);
  expect(published === undefined, 'schema and publication agree').toBe(found === undefined);
  return { found, published, codes: findings.map(({ code }) => code), findings };
}
