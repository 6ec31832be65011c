import { COLUMNS, targetOf } from './make-keyed-schema.ts';

/** The SQL of the tables of `makeKeyedSchema`, as drizzle-kit writes it. */
export function makeKeyedSql(tables: number): string {
  const all = Array.from({ length: tables }, (_, at) => at);
  const statements = [
    ...all.map(
      (table) => `CREATE TABLE "table_${table}" (
${['"id" uuid PRIMARY KEY NOT NULL', ...KEYS.map((key) => `"key_${key}" uuid`), ...OTHERS].map((line) => `\t${line}`).join(',\n')}
);`,
    ),
    ...all.flatMap((table) =>
      KEYS.map(
        (key) =>
          `ALTER TABLE "table_${table}" ADD CONSTRAINT "table_${table}_key_${key}_fk" FOREIGN KEY ("key_${key}") REFERENCES "public"."table_${targetOf(table, key, tables)}"("id") ON DELETE cascade ON UPDATE no action;`,
      ),
    ),
    ...all.flatMap((table) =>
      [1, 2].map(
        (key) =>
          `CREATE INDEX "table_${table}_key_${key}" ON "table_${table}" USING btree ("key_${key}");`,
      ),
    ),
  ];
  return statements.join('\n--> statement-breakpoint\n');
}

const KEYS = [1, 2, 3];
const OTHERS = COLUMNS.map(({ sql }, at) => `"column_${at}" ${sql}`);
