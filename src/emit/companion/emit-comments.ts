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
        comment('column', `${name}.${quoteName(column.name)}`, column.doc),
      ),
    ];
  });
}

function comment(kind: string, name: string, doc: string | undefined): readonly CompanionObject[] {
  if (doc === undefined) return [];
  const subject = `comment on ${kind} ${name}`;
  return [
    {
      key: subject,
      create: `${subject} is ${quoteText(doc)};`,
      drop: `${subject} is null;`,
      on: name,
    },
  ];
}
