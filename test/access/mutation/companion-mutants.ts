import { mutantsOf, type DirectedMutant } from './directed-mutant.ts';

const policies = mutantsOf('src/emit/companion/emit-policies.ts');
const grants = mutantsOf('src/emit/companion/emit-grants.ts');
const claimFunctions = mutantsOf('src/emit/companion/emit-claim-functions.ts');
const functions = mutantsOf('src/emit/companion/emit-existence-functions.ts');
const definers = mutantsOf('src/model/definer-sql.ts');

/** Mistakes in the policies, grants and functions that `garden generate` writes. */
export const companionMutants: readonly DirectedMutant[] = [
  policies(
    'policies',
    'the old row of an update meets to',
    "policy('update', update.from, update.to)",
    "policy('update', update.to, update.to)",
  ),
  policies(
    'policies',
    'the new row of an update meets from',
    "policy('update', update.from, update.to)",
    "policy('update', update.from, update.from)",
  ),
  policies(
    'policies',
    'the new row of an update is not checked',
    "policy('update', update.from, update.to)",
    "policy('update', update.from, { op: 'anyone' })",
  ),
  policies(
    'policies',
    'a delete meets update.from',
    "policy('delete', rules.delete, undefined)",
    "policy('delete', update.from, undefined)",
  ),
  policies(
    'policies',
    'an insert meets read',
    "policy('insert', undefined, insert)",
    "policy('insert', undefined, read)",
  ),
  policies(
    'policies',
    'there is no read policy',
    "    ...policy('select', read, undefined),\n",
    '',
  ),
  policies(
    'policies',
    'the read policy is for all commands',
    'as permissive for ${command} to',
    "as permissive for ${command === 'select' ? 'all' : command} to",
  ),
  policies(
    'src/emit/companion/emit-policies.test.ts',
    'policies apply to public',
    'to ${to}${clause',
    'to public${clause',
  ),
  grants(
    'policies',
    'an immutable column is updatable',
    'reachable.filter((name) => !rules.immutable.includes(name))',
    'reachable',
  ),
  grants(
    'src/emit/companion/emit-grants.test.ts',
    'grants on server-only columns',
    'table.columns.filter((column) => !column.serverOnly)',
    'table.columns',
  ),
  grants(
    'src/emit/companion/emit-grants.test.ts',
    'no FORCE RLS',
    '\n--> statement-breakpoint\nalter table ${on} force row level security;`',
    '`',
  ),
  grants(
    'policies',
    'row-level security is not enabled',
    'create: `alter table ${on} enable row level security;\n--> statement-breakpoint\n',
    'create: `',
  ),
  grants(
    'src/emit/companion/emit-grants.test.ts',
    'delete needs the update rule',
    "...grant('delete', undefined, [rules.delete]),",
    "...grant('delete', undefined, [rules.delete, rules.update.from]),",
  ),
  claimFunctions(
    'test/access/claim-sql.pglite.test.ts',
    'JSON null in a list claim',
    'where (${is(item)}) is not true',
    'where not (${is(item)})',
  ),
  claimFunctions(
    'policies',
    'an object is a list',
    "case when jsonb_typeof(claim) = 'array' and not exists (",
    "case when jsonb_typeof(claim) in ('array') or not exists (",
  ),
  functions(
    'policies',
    'a definer function with a two-column join swapped',
    '`$${raw.on.findIndex(({ own }) => own === name) + 1}`',
    '`$${raw.on.length - raw.on.findIndex(({ own }) => own === name)}`',
  ),
  definers(
    'src/emit/companion/emit-existence-functions.test.ts',
    'a definer function without search_path',
    "    'set search_path = pg_catalog, pg_temp',\n",
    '',
  ),
  definers(
    'policies',
    'a definer function without definer',
    '`${volatility} `}security definer`',
    '`${volatility} `}`',
  ),
  definers(
    'test/access/definer.pglite.test.ts',
    'a definer function that an ordinary owner may run',
    "    'set row_security = off',\n",
    '',
  ),
  functions(
    'policies',
    'a missing claim makes a lookup false',
    "const unknown = missing.length === 0 ? '' :",
    "const unknown = missing.length >= 0 ? '' :",
  ),
  functions(
    'policies',
    'one missing claim is not enough',
    "missing.join(' or ')",
    "missing.join(' and ')",
  ),
  functions('policies', 'no row makes a lookup unknown', 'else false end', 'else null end'),
  definers(
    'src/emit/companion/emit-existence-functions.test.ts',
    'everyone may call a definer function',
    '    `revoke execute on function ${signature} from public;`,\n',
    '',
  ),
];
