import { quoteText } from '../../../model/quote-sql.ts';
import type { DoctorCheck } from '../doctor-check.ts';
import { OWN } from '../own-relations.ts';

/** The forms of keys that services issue, of private keys and of JSON web tokens. */
const SECRET = [
  '-----BEGIN [A-Z ]*PRIVATE KEY-----',
  '\\msk-[A-Za-z0-9_-]{20,}',
  '\\m[rs]k_(live|test)_[A-Za-z0-9]{16,}',
  '\\mAKIA[0-9A-Z]{16}',
  '\\mgh[opsu]_[A-Za-z0-9]{30,}',
  '\\mxox[abpr]-[0-9A-Za-z-]{10,}',
  '\\mAIza[0-9A-Za-z_-]{35}',
  '\\meyJ[A-Za-z0-9_-]{10,}\\.eyJ[A-Za-z0-9_-]{10,}\\.',
  'postgres(ql)?://[^:/@ ]+:[^@/ ]{4,}@',
].join('|');

/** The evidence counts values, and never shows one. */
export const clearTextSecret: DoctorCheck = {
  code: 'doctor/clear-text-secret',
  group: 'security',
  finds: 'keys, tokens and passwords in clear text, in a sample of each table',
  sql: ({ sampleRows }) => `
  with ${OWN}
  select 'error' as severity, format('%s.%s', schema, name) as object,
    format('%s.%s contains secrets in clear text.', schema, name) as message, null::text as evidence,
    'encrypt the column with encrypted() of the kit, or store a hash with hashedToken(); then replace the secrets, because copies may exist.' as fix,
    format('select nullif(concat_ws(''; '', %s), '''') from (select %s from %I.%I limit ${sampleRows}) as sample',
      string_agg(format('case when count(*) filter (where %1$I::text ~ %2$L) > 0 then format(''%%s: %%s of %%s values'', %3$L, count(*) filter (where %1$I::text ~ %2$L), count(%1$I)) end', attname, ${quoteText(SECRET)}, attname), ', ' order by attnum),
      string_agg(format('%I', attname), ', ' order by attnum), schema, name) as probe
  from own join pg_attribute on attrelid = own.oid and attnum > 0 and not attisdropped
  join pg_type on pg_type.oid = atttypid
  where not relispartition and (kind = 'p' or kind = 'r' and pg_relation_size(own.oid) > 0) and (typcategory = 'S' or typname in ('json', 'jsonb'))
  group by own.oid, schema, name`,
};
