import fc from 'fast-check';
import { relations, type One, type Many } from 'drizzle-orm';
import { pgTable, uuid, type PgTable } from 'drizzle-orm/pg-core';
import { expect, test } from 'vitest';
import { drizzleNormalises } from './drizzle-normalises.fixture.ts';
import { readSchema } from './read-schema.ts';

const COLUMNS = ['a', 'b', 'c'] as const;
const TABLES = 4;
/** The last table is sometimes not exported. */
const indexes = fc.nat(TABLES - 1);

interface Drawn {
  readonly from: number;
  readonly to: number;
  readonly name: string;
  readonly kind: 'key' | 'one' | 'many';
  readonly relationName: string | undefined;
  /** The table of the column, usually the right one. */
  readonly fields: readonly { readonly stray: boolean; readonly column: number }[];
  readonly references: readonly { readonly stray: boolean; readonly column: number | undefined }[];
  /** Which of two `relations()` calls for the table defines the relation. */
  readonly call: 0 | 1;
}

const rarely = fc.nat(11).map((n) => n === 0);
const column = fc.nat(COLUMNS.length - 1);
const relation: fc.Arbitrary<Drawn> = fc
  .record({
    from: indexes,
    to: indexes,
    name: fc.constantFrom('p', 'q', 'r', 's', 'a'),
    kind: fc.constantFrom('key', 'key', 'one', 'many', 'many'),
    relationName: fc.constantFrom(undefined, undefined, 'x', 'y'),
    fields: fc.array(fc.record({ stray: rarely, column }), { minLength: 1, maxLength: 2 }),
    references: fc.array(
      fc.record({
        stray: rarely,
        column: fc.option(column, { nil: undefined, freq: 12 }),
      }),
      { minLength: 1, maxLength: 2 },
    ),
    call: fc.constantFrom(0, 1),
    odd: rarely,
  })
  .map(({ odd, ...drawn }) => ({
    ...drawn,
    // In Drizzle, a `one` without columns cannot have a name.
    relationName: drawn.kind === 'one' ? undefined : drawn.relationName,
    // Usually as many references as fields.
    references: odd
      ? drawn.references
      : drawn.fields.map(({ column }, at) => drawn.references[at] ?? { stray: false, column }),
  })) as fc.Arbitrary<Drawn>;

const schemas = fc.record({
  relations: fc.uniqueArray(relation, {
    maxLength: 10,
    selector: ({ from, name }) => `${from}.${name}`,
  }),
  last: fc.boolean(),
});

/** Whether fields and references are columns of the two tables, in equal number. */
function isSound(drawn: Drawn, exported: (table: number) => boolean): boolean {
  const { fields, references } = drawn;
  return (
    exported(drawn.to) &&
    fields.length === references.length &&
    fields.every(({ stray }) => !stray) &&
    references.every(({ stray, column }) => !stray && column !== undefined)
  );
}

test("every relation matches Drizzle's interpretation, or is reported", () => {
  let kept = 0;
  let told = 0;
  fc.assert(
    fc.property(schemas, ({ relations: drawn, last }) => {
      const exports = build(drawn, last);
      const exported = (table: number): boolean => last || table < TABLES - 1;
      const drizzle = drizzleNormalises(exports);
      const { schema, findings } = readSchema({ files: [{ file: '/nowhere/s.ts', exports }] });
      const ours = new Map(
        schema.relations.map((one) => [
          `${one.from}.${one.name}`,
          `${one.fields.map((field) => `${one.from}.${field}`).join(', ')} = ${one.references.map((field) => `${one.to}.${field}`).join(', ')}`,
        ]),
      );
      const at = new Set(findings.flatMap(({ object = '', context = [] }) => [object, ...context]));
      for (const one of drawn.filter(({ from }) => exported(from))) {
        const name = `t${one.from}.${one.name}`;
        const side = drawn.find(
          (side) =>
            side !== one &&
            side.from === one.to &&
            (one.relationName ? side.relationName === one.relationName : side.to === one.from),
        );
        const holder = one.kind === 'key' ? one : side;
        const sound =
          !drizzle[name]!.startsWith('throws') &&
          holder !== undefined &&
          isSound(holder, exported) &&
          (holder === one || holder.to === one.from) &&
          !(COLUMNS as readonly string[]).includes(one.name);
        if (sound) {
          kept += 1;
          expect([name, ours.get(name)]).toEqual([name, drizzle[name]]);
        } else {
          told += 1;
          expect([name, ours.get(name), at.has(name)]).toEqual([name, undefined, true]);
        }
      }
    }),
    { numRuns: 300 },
  );
  // Both outcomes are frequent.
  expect(kept).toBeGreaterThan(200);
  expect(told).toBeGreaterThan(200);
});

function build(drawn: readonly Drawn[], last: boolean): Record<string, unknown> {
  const make = (name: string): PgTable => pgTable(name, { a: uuid(), b: uuid(), c: uuid() });
  const tables = Array.from({ length: TABLES }, (_, index) => make(`t${index}`));
  const strayTable = make('stray');
  const exports: Record<string, unknown> = { stray: strayTable };
  for (const [index, table] of tables.entries()) {
    if (last || index < TABLES - 1) exports[`t${index}`] = table;
    for (const call of [0, 1]) {
      const own = drawn.filter((one) => one.from === index && one.call === call);
      // Before or after the tables: Drizzle accepts both.
      exports[`${call === 0 ? 'A' : 'z'}${index}`] = relations(table, ({ one, many }) =>
        Object.fromEntries(
          own.map((each) => [each.name, made(each, tables, strayTable, { one, many })]),
        ),
      );
    }
  }
  return Object.fromEntries(Object.entries(exports).sort());
}

interface Helpers {
  one(...args: never): One;
  many(...args: never): Many<string>;
}

function made(
  drawn: Drawn,
  tables: readonly PgTable[],
  strayTable: PgTable,
  { one, many }: Helpers,
): One | Many<string> {
  const { relationName } = drawn;
  const to = tables[drawn.to];
  const pick = (
    table: PgTable | undefined,
    { stray, column }: Drawn['references'][number],
  ): unknown =>
    column === undefined
      ? undefined
      : (stray ? strayTable : table)?.[COLUMNS[column] as unknown as keyof PgTable];
  const named = relationName === undefined ? {} : { relationName };
  // Some relations are invalid on purpose, and the types of Drizzle's helpers refuse them.
  if (drawn.kind === 'many') return many(...([to, named] as unknown as never));
  if (drawn.kind === 'one') return one(...([to] as unknown as never));
  const fields = drawn.fields.map((field) => pick(tables[drawn.from], field));
  const references = drawn.references.map((reference) => pick(to, reference));
  return one(...([to, { ...named, fields, references }] as unknown as never));
}
