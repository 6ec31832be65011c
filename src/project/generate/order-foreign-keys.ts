const REFERENCES =
  /^ALTER TABLE .* ADD CONSTRAINT .* FOREIGN KEY \(.*\) REFERENCES (?<table>(?:"(?:[^"]|"")+"\.)?"(?:[^"]|"")+")\((?<columns>[^)]*)\)/;
const UNIQUE_INDEX =
  /^CREATE UNIQUE INDEX .* ON (?<table>(?:"(?:[^"]|"")+"\.)?"(?:[^"]|"")+") USING btree \((?<columns>[^)]*)\)/;

/**
 * Moves a foreign key that refers to a unique index behind that index. drizzle-kit 0.31
 * creates indexes after foreign keys, but Postgres needs the index first. All other
 * statements keep their order.
 */
export function orderForeignKeys(statements: readonly string[]): readonly string[] {
  const indexes = new Map<string, number>();
  statements.forEach((statement, at) => {
    const key = keyIn(UNIQUE_INDEX, statement);
    if (key !== undefined) indexes.set(key, at);
  });
  const moved = new Map<number, string[]>();
  const stay = statements.map((statement, at) => {
    const behind = indexes.get(keyIn(REFERENCES, statement) ?? '');
    if (behind === undefined || behind < at) return [statement];
    moved.set(behind, [...(moved.get(behind) ?? []), statement]);
    return [];
  });
  return stay.flatMap((own, at) => [...own, ...(moved.get(at) ?? [])]);
}

/** The table and its sorted columns. drizzle-kit omits the schema `public` for an index. */
function keyIn(pattern: RegExp, statement: string): string | undefined {
  const { table, columns } = pattern.exec(statement)?.groups ?? {};
  if (table === undefined || columns === undefined) return undefined;
  const names = [...columns.matchAll(/"(?:[^"]|"")+"/g)].map(([name]) => name).toSorted();
  return `${table.includes('"."') ? table : `"public".${table}`}(${names.join()})`;
}
