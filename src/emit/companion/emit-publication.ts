import { fingerprint } from '../../model/fingerprint.ts';
import { quoteName, quoteText } from '../../model/quote-sql.ts';
import type { Publication, PublishedTable } from '../../model/publication.ts';
import type { CompanionObject } from './companion-object.ts';
import { doBlock } from './do-block.ts';

/**
 * Removes from the publication the columns that are about to change. Postgres refuses to
 * drop, or change the type of, a column that a publication lists. A table whose key is
 * dropped is removed as a whole: without the key in the list, Postgres would refuse every
 * UPDATE. Additions do not need this.
 */
export function emitPublicationBefore({ name, tables }: Publication): readonly CompanionObject[] {
  const wanted = tables.map((table) => {
    const columns = Object.fromEntries(table.columns.map((column) => [column.name, column.type]));
    return `    (${quoteText(quoteName(table.schema, table.name))}, ${quoteText(JSON.stringify(columns))}, ${quoteText(JSON.stringify(table.key))})`;
  });
  const runsOnChangeOf = tables.flatMap((table) => {
    const name = quoteName(table.schema, table.name);
    return [
      ...table.columns.map((column) => ({
        table: name,
        part: column.name,
        definition: column.type,
      })),
      { table: name, part: '', definition: JSON.stringify(table.key) },
    ];
  });
  const rows = wanted.length > 0 ? wanted.join(',\n') : '    (null, null, null)';
  return [
    {
      key: `publication ${quoteName(name)} before changes`,
      create: doBlock(`declare
  unchanged text;
begin
  with wanted (name, columns, key) as (values
${rows}
  ), listed as (
    select rel.prrelid as id, wanted.key::jsonb as key, att.attname, att.attnum
    from pg_publication pub
    join pg_publication_rel rel on rel.prpubid = pub.oid
    join wanted on to_regclass(wanted.name) = rel.prrelid
    join pg_attribute att on att.attrelid = rel.prrelid and att.attnum = any (rel.prattrs)
    join pg_type type on type.oid = att.atttypid
    where pub.pubname = ${quoteText(name)}
      and wanted.columns::jsonb ->> att.attname = format_type(att.atttypid, att.atttypmod) || coalesce((
        select '(' || string_agg(enumlabel, ',' order by enumsortorder) || ')'
        from pg_enum where enumtypid in (type.oid, type.typelem)), '') || coalesce((
        select ' collate ' || collname
        from pg_collation where oid = att.attcollation and oid <> type.typcollation), '')
  ), tables as (
    select format('%s (%s)', id::regclass, string_agg(quote_ident(attname), ', ' order by attnum)) as line
    from listed group by id, key
    having count(*) filter (where key ? attname) = jsonb_array_length(key)
  )
  select string_agg(line, ', ') into unchanged from tables;
  if unchanged is not null then
    execute ${quoteText(`alter publication ${quoteName(name)} set table `)} || unchanged;
  else
    drop publication if exists ${quoteName(name)};
  end if;
end`),
      drop: '',
      runsOnChangeOf,
    },
  ];
}

/**
 * The publication that feeds zero-cache: exactly the tables and columns of the Zero schema.
 * It exists even without any tables, because zero-cache would otherwise publish everything.
 */
export function emitPublication(publication: Publication): readonly CompanionObject[] {
  const { name, tables } = publication;
  const lines = tables.map(
    (table) =>
      `  ${quoteName(table.schema, table.name)} (${table.columns.map((column) => quoteName(column.name)).join(', ')})`,
  );
  const quoted = quoteName(name);
  return [
    {
      key: `publication ${quoted}`,
      create: [
        doBlock(`begin
  if not exists (select from pg_publication where pubname = ${quoteText(name)}) then
    create publication ${quoted};
  end if;
end`),
        // Unchanged tables are left in place, so that zero-cache does not copy them again.
        ...(lines.length > 0
          ? [
              // The types are included, because a column with a new type must be published
              // again under the same name.
              `-- Fingerprint of the column types: ${fingerprint(JSON.stringify(tables))}
alter publication ${quoted} set table\n${lines.join(',\n')};`,
            ]
          : []),
      ].join('\n--> statement-breakpoint\n'),
      drop: `drop publication if exists ${quoted};`,
      // Postgres refuses to drop a column that it lists.
      dropFirst: 'when removed',
    },
    ...tables.filter(({ identifiedByUnique }) => identifiedByUnique).map(replicaIdentity),
  ];
}

/** Without a replica identity Postgres refuses every UPDATE and DELETE of a published table. */
function replicaIdentity(table: PublishedTable): CompanionObject {
  const on = quoteName(table.schema, table.name);
  const names = table.key.toSorted().map(quoteText).join(', ');
  return {
    key: `replica identity of ${on}`,
    create: doBlock(`declare
  name text;
begin
  select quote_ident(relname) into strict name
  from pg_index join pg_class on pg_class.oid = indexrelid
  where indrelid = ${quoteText(on)}::regclass and indisunique and indimmediate
    and indpred is null and indexprs is null
    and array[${names}] = (
      select array_agg(attname::text order by attname::text collate "C")
      from pg_attribute where attrelid = indrelid and attnum = any (indkey))
  order by relname limit 1;
  execute ${quoteText(`alter table ${on} replica identity using index `)} || name;
end`),
    drop: `alter table ${on} replica identity default;`,
    on,
  };
}
