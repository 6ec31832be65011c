import { fingerprint } from '../../model/fingerprint.ts';
import type { Table } from '../../model/table.ts';
import { schemaOf } from '../../model/table-id.ts';
import type { CompanionObject } from './companion-object.ts';
import { quoteName, quoteText } from '../../model/quote-sql.ts';

/** Doc comments in the source as comments in the database. */
export function emitComments(tables: readonly Table[]): readonly CompanionObject[] {
  return tables.flatMap((table) => {
    const name = quoteName(schemaOf(table), table.name);
    return [
      ...comment('table', name, table.doc),
      ...table.columns.flatMap((column) =>
        comment('column', `${name}.${quoteName(column.name)}`, column.doc, column.generatedSql),
      ),
    ];
  });
}

function comment(
  kind: string,
  name: string,
  doc: string | undefined,
  /** drizzle-kit drops and adds a column to change this, which loses its comment. */
  generated?: string,
): readonly CompanionObject[] {
  if (doc === undefined) return [];
  const subject = `comment on ${kind} ${name}`;
  return [
    {
      key: subject,
      create: `${subject} is ${quoteText(doc)};`,
      drop: `${subject} is null;`,
      ...(generated !== undefined && { inputs: fingerprint(generated) }),
      on: name,
    },
  ];
}
