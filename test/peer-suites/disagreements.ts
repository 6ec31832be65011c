import type { PeerCase, PeerVerdict } from './peer-case.ts';

/** Rules of splinter and pglinter by the names that pgls gives them. */
export const includedRules: Readonly<Record<string, readonly string[]>> = {
  'splinter/noPrimaryKey': ['lint/no-primary-key'],
  'splinter/policyExistsRlsDisabled': ['lint/policy-without-rls'],
  'splinter/unindexedForeignKeys': ['lint/foreign-key-index'],
  'pglinter/howManyTableWithoutPrimaryKey': ['lint/no-primary-key'],
  'pglinter/howManyTableWithoutIndexOnFk': ['lint/foreign-key-index'],
  'pglinter/howManyObjectsWithUppercase': ['lint/name-case'],
};

/** What some cases take for granted, if the errors of the database do not tell. */
const SETUPS: Readonly<Record<string, string>> = {
  'squawk adding-not-nullable-field pg16_cross_migration_validate_then_set_not_null_ok':
    'create table foo (bar int); alter table foo add constraint foo_bar_not_null check (bar is not null) not valid;',
  'squawk disallowed-unique-constraint also_ok':
    'create table distributors (dist_id int constraint distributors_pkey primary key);',
  'pgls changingColumnType safe_widening':
    'create table core_recipe (edits varchar(9), name varchar(9), amount numeric(4, 2));',
};

export const setupOf = (of: PeerCase): string => SETUPS[caseName(of)] ?? '';

const OLD = 'pgls knows no version here, and assumes Postgres 10; since 11 nothing is rewritten';

/** Each disagreement that is known, and its reason. */
const REASONS: Readonly<Record<string, string>> = {
  'splinter 0001 unindexed_foreign_keys query 4':
    'an index with the columns of the key in another order serves the key as well',
  'splinter 0009 duplicate_index query 1':
    'the index repeats the one of the primary key; splinter compares only the indexes without a constraint',
  'splinter 0009 duplicate_index query 4':
    'the index repeats the one of the primary key; splinter compares only the indexes without a constraint',
  'splinter 0010 security_definer_view query 2':
    'the view reads no table, so it exposes nothing that row-level security protects',
  'squawk adding-foreign-key-constraint add_column_references_lock':
    'Postgres does not check a new column without a default, because it is NULL in all rows',
  'squawk ban-truncate-cascade ok':
    'TRUNCATE without CASCADE deletes all rows too; banTruncate of pgls reports it',
  'squawk prefer-text-field varchar_without_specified_limit_ok':
    'the rule asks for text wherever varchar is written; it is in the preset house only',
  'pgls addingFieldWithDefault basic': OLD,
  'pgls addingFieldWithDefault non_volatile_default': OLD,
  'pgls addingFieldWithDefault volatile_default': OLD,
  'pgls banDropSchema basic':
    'without CASCADE, Postgres drops only an empty schema; the tables of others are reported',
};

/** The reason of a known disagreement. */
export const reasonOf = ({ of }: PeerVerdict): string | undefined => REASONS[caseName(of)];

export const caseName = ({ tool, rule, name }: PeerCase): string => `${tool} ${rule} ${name}`;
