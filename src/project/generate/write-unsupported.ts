import { quoteName } from '../../model/quote-sql.ts';
import type { Table } from '../../model/table.ts';

/** A CREATE INDEX with the parameter that the kit's `including()` sets. */
const INDEX =
  /(?<start>CREATE (?:UNIQUE )?INDEX (?:CONCURRENTLY )?"(?<name>(?:[^"]|"")+)" ON [^;]*?) WITH \((?<others>(?:[a-z_]+=[^,()]*,)*)include=(?:"(?:[^"]|"")+",?)+\)/g;

const TABLE = /CREATE TABLE (?<name>(?:"(?:[^"]|"")+"\.)?"(?:[^"]|"")+") \([^]*?\n\)(?=;)/g;

/** Adds INCLUDE and PARTITION BY, which drizzle-kit does not know, to SQL that it wrote. */
export function writeUnsupported(sql: string, tables: readonly Table[]): string {
  return writePartitions(writeIncluded(sql, tables), tables);
}

function writePartitions(sql: string, tables: readonly Table[]): string {
  return sql.replaceAll(TABLE, (whole, ...found) => {
    const { name } = found.at(-1) as Readonly<Record<string, string>>;
    const partition = tables.find(
      (table) =>
        name ===
        (table.schema === undefined ? quoteName(table.name) : quoteName(table.schema, table.name)),
    )?.partition;
    return partition ? `${whole} PARTITION BY RANGE (${quoteName(partition.column)})` : whole;
  });
}

/** Replaces the parameter of covering indexes by INCLUDE. */
function writeIncluded(sql: string, tables: readonly Table[]): string {
  return sql.replaceAll(INDEX, (whole, ...found) => {
    const { start, name, others } = found.at(-1) as Readonly<Record<string, string>>;
    const index = tables
      .flatMap(({ indexes }) => indexes)
      .find((one) => one.name === name?.replaceAll('""', '"'));
    if (!index || index.included.length === 0) return whole;
    const columns = index.included.map((column) => quoteName(column)).join(',');
    const rest = others === '' ? '' : ` WITH (${others?.slice(0, -1)})`;
    return `${start} INCLUDE (${columns})${rest}`;
  });
}
