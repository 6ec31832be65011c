/**
 * The id of a table, as rules and the model name it: `packages`, or
 * `billing.invoices` outside of `public`. A name that holds a dot or a quote is
 * quoted, so that an id has one meaning: `"odd.name"`, `billing."odd.name"`.
 */
export function tableId(name: string, schema = 'public'): string {
  return schema === 'public' ? idPart(name) : `${idPart(schema)}.${idPart(name)}`;
}

const idPart = (name: string): string =>
  /^[^."]+$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`;

const ID = /^(?:(?<schema>"(?:[^"]|"")*"|[^."]+)\.)?(?<name>"(?:[^"]|"")*"|[^."]+)$/;

/** The schema and the name that {@link tableId} was made of. */
export function splitTableId(id: string): { readonly schema: string; readonly name: string } {
  const { schema = 'public', name } = ID.exec(id)?.groups ?? {};
  if (name === undefined) throw new TypeError(`${JSON.stringify(id)} is not the id of a table`);
  return { schema: plain(schema), name: plain(name) };
}

const plain = (part: string): string =>
  part.startsWith('"') ? part.slice(1, -1).replaceAll('""', '"') : part;
