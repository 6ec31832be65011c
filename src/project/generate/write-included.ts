import { quoteName } from '../../model/quote-sql.ts';
import type { Table } from '../../model/table.ts';

/** A CREATE INDEX with the parameter that the kit's `including()` sets. */
const INDEX =
  /(?<start>CREATE (?:UNIQUE )?INDEX (?:CONCURRENTLY )?"(?<name>(?:[^"]|"")+)" ON [^;]*?) WITH \((?<others>(?:[a-z_]+=[^,()]*,)*)include=(?:"(?:[^"]|"")+",?)+\)/g;

/** Replaces the parameter of covering indexes by INCLUDE, in SQL that drizzle-kit wrote. */
export function writeIncluded(sql: string, tables: readonly Table[]): string {
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
