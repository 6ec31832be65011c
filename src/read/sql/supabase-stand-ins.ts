import type { SqlFile } from './run-sql.ts';

const STATEMENTS: Readonly<Record<string, string>> = {
  extensions: 'create schema extensions;',
  auth: `create schema auth;
create table auth.users (
  id uuid primary key,
  instance_id uuid,
  aud text,
  role text,
  email text unique,
  phone text unique,
  encrypted_password text,
  is_anonymous boolean not null default false,
  confirmed_at timestamptz,
  email_confirmed_at timestamptz,
  last_sign_in_at timestamptz,
  raw_app_meta_data jsonb,
  raw_user_meta_data jsonb,
  created_at timestamptz,
  updated_at timestamptz,
  deleted_at timestamptz
);
create table auth.identities (id uuid primary key, user_id uuid not null references auth.users, provider text not null);
create table auth.sessions (id uuid primary key, user_id uuid not null references auth.users, created_at timestamptz);
create function auth.uid() returns uuid stable language sql return coalesce(nullif(current_setting('request.jwt.claim.sub', true), ''), nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub')::uuid;
create function auth.role() returns text stable language sql return coalesce(nullif(current_setting('request.jwt.claim.role', true), ''), nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'role');
create function auth.email() returns text stable language sql return coalesce(nullif(current_setting('request.jwt.claim.email', true), ''), nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'email');
create function auth.jwt() returns jsonb stable language sql return nullif(current_setting('request.jwt.claims', true), '')::jsonb;`,
  storage: `create schema storage;
create table storage.buckets (
  id text primary key,
  name text not null,
  owner uuid,
  owner_id text,
  public boolean default false,
  file_size_limit bigint,
  allowed_mime_types text[],
  created_at timestamptz,
  updated_at timestamptz
);
create table storage.objects (
  id uuid primary key,
  bucket_id text references storage.buckets,
  name text,
  owner uuid,
  owner_id text,
  metadata jsonb,
  path_tokens text[],
  version text,
  created_at timestamptz,
  updated_at timestamptz,
  last_accessed_at timestamptz
);
alter table storage.buckets enable row level security;
alter table storage.objects enable row level security;
create function storage.foldername(name text) returns text[] stable language sql return string_to_array(name, '/');
create function storage.filename(name text) returns text stable language sql return split_part(name, '/', -1);
create function storage.extension(name text) returns text stable language sql return split_part(name, '.', -1);`,
  realtime: `create schema realtime;
create table realtime.messages (id uuid primary key, topic text not null, extension text not null, payload jsonb, event text, private boolean, updated_at timestamp, inserted_at timestamp);
alter table realtime.messages enable row level security;
create function realtime.topic() returns text stable language sql return nullif(current_setting('realtime.topic', true), '');`,
  vault: 'create schema vault;',
  graphql_public: 'create schema graphql_public;',
  supabase_realtime: 'create publication supabase_realtime;',
};

const USED: Readonly<Record<string, RegExp>> = {
  extensions: /\bextensions\b/i,
  auth: /\bauth"?\s*\./i,
  storage: /\bstorage"?\s*\./i,
  realtime: /\brealtime"?\s*\./i,
  vault: /\bvault\b/i,
  graphql_public: /\bgraphql_public\b/i,
  supabase_realtime: /\bsupabase_realtime\b/i,
};

/** Roles that every project on Supabase has. */
const ROLES = /\b(?:anon|authenticated|service_role)\b/i;
/** Functions of extensions that every project on Supabase has in its search path. */
const PREINSTALLED: Readonly<Record<string, RegExp>> = {
  pgcrypto: /\b(?:gen_random_bytes|crypt|digest|hmac|gen_salt|pgp_sym_\w+)"?\s*\(/i,
  'uuid-ossp': /\buuid_generate_v\d\w*"?\s*\(/i,
};

/** The objects of Supabase that SQL files use. */
export interface StandIns {
  readonly sql: string;
  /** Schemas that the files do not define. Their objects are not judged. */
  readonly schemas: readonly string[];
  readonly extensions: readonly string[];
}

/** The objects of Supabase that SQL files use and do not create. Roles are created on demand. */
export function supabaseStandIns(files: readonly SqlFile[]): StandIns {
  const uses = (pattern: RegExp): boolean => files.some(({ text }) => pattern.test(text));
  const names = Object.keys(STATEMENTS).filter(
    (name) =>
      uses(USED[name] ?? /$^/) &&
      !uses(
        new RegExp(
          String.raw`create\s+(?:schema|publication)\s+(?:if\s+not\s+exists\s+)?"?${name}\b(?!"?\s*\.)`,
          'i',
        ),
      ),
  );
  const isSupabase = uses(USED['auth'] ?? /$^/) || uses(ROLES);
  const extensions = Object.entries(PREINSTALLED)
    .filter(([name, used]) => isSupabase && uses(used) && !uses(creates(name)))
    .map(([name]) => name);
  if (extensions.length > 0 && !names.includes('extensions')) names.unshift('extensions');
  return {
    schemas: names.filter((name) => STATEMENTS[name]?.startsWith('create schema')),
    extensions,
    sql: [
      ...names.map((name) => STATEMENTS[name] ?? ''),
      ...extensions.map((name) => `create extension "${name}" schema extensions;`),
      ...(isSupabase ? ['set search_path to "$user", public, extensions;'] : []),
    ].join('\n'),
  };
}

const creates = (extension: string): RegExp =>
  new RegExp(String.raw`create\s+extension\s+(?:if\s+not\s+exists\s+)?"?${extension}\b`, 'i');
