import { CIPHERTEXT } from './ciphertext.ts';
import type { Column } from './column.ts';
import type { Table } from './table.ts';

/**
 * Whether a column is encrypted: by its marker, or in a database by the CHECK of the format.
 */
export const holdsCiphertext = (column: Column, table: Pick<Table, 'checks'>): boolean =>
  column.encrypted !== undefined || hasFormatCheck(column, table);

/** Whether a CHECK of the table requires the format of a ciphertext. */
export const hasFormatCheck = ({ name }: Column, { checks }: Pick<Table, 'checks'>): boolean =>
  checks.some(({ sql, constraint }) =>
    constraint
      ? constraint.column === name &&
        constraint.kind === 'text' &&
        constraint.pattern === CIPHERTEXT.source
      : [name, `"${name.replaceAll('"', '""')}"`].some((one) => sql.includes(printedCheck(one))),
  );

/** As Postgres prints the CHECK: the name has quotes where it needs them. */
const printedCheck = (name: string): string => `(${name} ~ '${CIPHERTEXT.source}'`;
