const REFERENCES =
  /^ALTER TABLE .* ADD CONSTRAINT .* FOREIGN KEY \(.*\) REFERENCES (?<table>(?:"(?:[^"]|"")+"\.)?"(?:[^"]|"")+")\((?<columns>[^)]*)\)/;
const UNIQUE_INDEX =
  /^CREATE UNIQUE INDEX .* ON (?<table>(?:"(?:[^"]|"")+"\.)?"(?:[^"]|"")+") USING btree \((?<columns>[^)]*)\)/;

/**
 * A foreign key may refer to a unique index, which has to be there by then; drizzle-kit 0.31
 * creates indexes last. Such a key goes behind the index that it needs, and all else stays.
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

/** The table and the columns, in whatever order: drizzle-kit leaves `public` out of an index. */
function keyIn(pattern: RegExp, statement: string): string | undefined {
  const { table, columns } = pattern.exec(statement)?.groups ?? {};
  if (table === undefined || columns === undefined) return undefined;
  const names = [...columns.matchAll(/"(?:[^"]|"")+"/g)].map(([name]) => name).toSorted();
  return `${table.includes('"."') ? table : `"public".${table}`}(${names.join()})`;
}
