/** The rules of this package that cover a rule of another tool, or the reason why none does. */
export interface PeerRule {
  readonly peer: string;
  readonly id: string;
  readonly rules: readonly string[];
  readonly reason: string;
}

const LOCK = 'out of scope: it depends on how a migration is run (squawk and pgls cover it)';
const TRAFFIC = 'out of scope: it needs the statistics of a database with traffic';
const TASTE = 'a matter of taste: many correct schemas do this';
const DML = 'about data, not about a schema';

/** `id = rule rule; reason`, one a line; without `=`, there is no rule. */
const PEERS: Readonly<Record<string, string>> = {
  splinter: `
0001 unindexed_foreign_keys = lint/foreign-key-index; the columns of a composite index may have another order
0002 auth_users_exposed = lint/exposed-auth-users
0003 auth_rls_initplan = lint/policy-call-per-row
0004 no_primary_key = lint/no-primary-key
0005 unused_index; ${TRAFFIC}
0006 multiple_permissive_policies = lint/repeated-policy; a FOR ALL policy in addition to one for SELECT is reported only if it allows the same rows: else merging them would allow more writes
0007 policy_exists_rls_disabled = lint/policy-without-rls
0008 rls_enabled_no_policy = lint/rls-without-policy
0009 duplicate_index = lint/redundant-index; also an index that repeats the beginning of another one or of a key
0010 security_definer_view = lint/view-security-invoker; only views over tables with row-level security
0011 function_search_path_mutable = lint/definer-search-path lint/function-search-path
0012 auth_allow_anonymous_sign_ins; no longer a default rule of splinter: it is about a setting of Supabase, not about the schema
0013 rls_disabled_in_public = lint/rls-disabled
0014 extension_in_public = lint/extension-in-public
0015 rls_references_user_metadata = lint/policy-user-metadata
0016 materialized_view_in_api = lint/exposed-materialized-view
0017 foreign_table_in_api = lint/exposed-foreign-table
0018 unsupported_reg_types; only matters to pg_upgrade, and Supabase's upgrade reports the columns
0019 insecure_queue_exposed_in_api; about Supabase's own schema pgmq
0020 table_bloat; ${TRAFFIC}
0021 fkey_to_auth_unique = lint/auth-reference
0022 extension_versions_outdated; about the server's packages
0023 sensitive_columns_exposed = lint/exposed-secret
0024 rls_policy_always_true = lint/open-write-policy lint/policy-without-condition; an INSERT policy without WITH CHECK denies every row, so it has a rule of its own
0025 public_bucket_allows_listing; about Supabase's own schema storage
0026 pg_graphql_anon_table_exposed; pg_graphql serves the same tables as the API, and lint/rls-disabled reports those without row-level security
0027 pg_graphql_authenticated_table_exposed; as 0026
0028 anon_security_definer_function_executable = lint/callable-definer
0029 authenticated_security_definer_function_executable = lint/callable-definer`,
  squawk: `
adding-field-with-default = migration/table-rewrite
adding-foreign-key-constraint = migration/blocks-writes migration/blocks-reads
adding-not-nullable-field = migration/blocks-reads; called adding-not-null-field before
adding-primary-key-constraint = migration/blocks-reads migration/table-rewrite
adding-required-field = migration/required-column
adding-serial-primary-key-field = migration/blocks-reads migration/table-rewrite
ban-alter-domain-with-add-constraint; ${LOCK}
ban-char-field = lint/char-type
ban-concurrent-index-creation-in-transaction = migration/refuses-transaction
ban-create-domain-with-constraint; Drizzle has no domains
ban-drop-column = migration/lost-data
ban-drop-database = migration/refuses-transaction
ban-drop-not-null; depends on the programs that read the column
ban-drop-table = migration/lost-data
ban-duplicate-column-assignments; ${DML}
ban-truncate-cascade = migration/lost-data
ban-uncommitted-transaction; the migrator commits
changing-column-type = migration/table-rewrite
constraint-missing-not-valid = migration/blocks-writes migration/blocks-reads migration/held-lock; squawk also explains the alternative
disallowed-unique-constraint = migration/blocks-reads
identifier-too-long = lint/name-length
prefer-big-int; ${TASTE}
prefer-bigint-over-int; ${TASTE}
prefer-bigint-over-smallint; ${TASTE}
prefer-identity = lint/serial-column
prefer-repack; REPACK is new in Postgres 19; migration/table-rewrite reports VACUUM FULL and CLUSTER
prefer-robust-stmts; the migrator runs each file once, in a transaction
prefer-text-field = lint/varchar-type
prefer-timestamp-tz = lint/timestamp-without-zone; called prefer-timestamptz before
renaming-column = migration/renamed
renaming-table = migration/renamed
require-concurrent-index-creation = migration/blocks-writes; squawk also explains the alternative
require-concurrent-index-deletion = migration/no-lock-timeout; the lock is short, so only waiting for it is a problem
require-concurrent-partition-detach; ${LOCK}
require-concurrent-reindex; ${LOCK}
require-enum-value-ordering; ${TASTE}
require-lock-timeout = migration/no-lock-timeout
require-statement-timeout; ${LOCK}
require-table-schema; drizzle-kit writes the schema name unless it is public
require-timeout-settings; asks for both timeouts before any definition; migration/no-lock-timeout reports statements that block others
transaction-nesting; ${LOCK}
unused-ignore = check/unused-ignore`,
  pgls: `
addSerialColumn = migration/table-rewrite
addingFieldWithDefault = migration/table-rewrite
addingForeignKeyConstraint = migration/blocks-writes migration/blocks-reads
addingNotNullField = migration/blocks-reads
addingPrimaryKeyConstraint = migration/blocks-reads migration/table-rewrite
addingRequiredField = migration/required-column
avoidAddingExclusionConstraint = migration/blocks-reads
avoidAlterEnumAddValue; only Postgres 11 and older refuse it in a transaction; migration/new-enum-value reports the use of the value
avoidAttachingPartition; ${LOCK}
avoidCreateTrigger = migration/no-lock-timeout
avoidEnableDisableTrigger = migration/no-lock-timeout
avoidWideLockWindow; ${LOCK}
banCharField = lint/char-type
banConcurrentIndexCreationInTransaction = migration/refuses-transaction
banDeleteWithoutWhere; ${DML}
banDropColumn = migration/lost-data
banDropDatabase = migration/refuses-transaction
banDropNotNull; depends on the programs that read the column
banDropSchema = migration/lost-data
banDropTable = migration/lost-data
banDropTrigger; ${TASTE}
banNotValidValidateSameTransaction = migration/held-lock
banTruncate = migration/lost-data
banTruncateCascade = migration/lost-data
banUpdateWithoutWhere; ${DML}
banVacuumFull = migration/table-rewrite
changingColumnType = migration/table-rewrite
concurrentRefreshMatviewLock; it blocks only other refreshes and writes, which a view has none of
constraintMissingNotValid = migration/blocks-writes migration/blocks-reads migration/held-lock; squawk also explains the alternative
creatingEnum; ${TASTE}
disallowUniqueConstraint = migration/blocks-reads
lockTimeoutWarning = migration/no-lock-timeout
multipleAlterTable; ${LOCK}
preferBigInt; ${TASTE}
preferBigintOverInt; ${TASTE}
preferBigintOverSmallint; ${TASTE}
preferIdentity = lint/serial-column
preferJsonb = lint/json-type
preferRobustStmts; the migrator runs each file once, in a transaction
preferTextField = lint/varchar-type
preferTimestamptz = lint/timestamp-without-zone
renamingColumn = migration/renamed
renamingTable = migration/renamed
requireConcurrentDetachPartition; ${LOCK}
requireConcurrentIndexCreation = migration/blocks-writes
requireConcurrentIndexDeletion = migration/no-lock-timeout
requireConcurrentRefreshMatview = migration/table-rewrite
requireConcurrentReindex; ${LOCK}
requireIdleInTransactionTimeout; ${LOCK}
requireSeparateConstraintValidation = migration/held-lock
requireStatementTimeout; ${LOCK}
runningStatementWhileHoldingAccessExclusive; migration/held-lock reports only statements whose time grows with the table
transactionNesting; ${LOCK}`,
  pglinter: `
B001 table without primary key = lint/no-primary-key
B002 redundant index = lint/redundant-index
B003 foreign key without index = lint/foreign-key-index
B004 unused index; ${TRAFFIC}
B005 names in upper case = lint/name-case
B006 table that is never selected; ${TRAFFIC}
B007 foreign key outside the schema; ${TASTE}
B008 foreign key type = lint/foreign-key-type
B009 tables that share a trigger function; ${TASTE}
B010 reserved word = lint/reserved-name
B011 several owners in one schema; about who runs migrations
B012 composite primary key = lint/uuid-key
B013 several owners of one schema's tables; about who runs migrations
S001 schema without default grants; grants come from access rules, which the companion SQL writes
S002 schema named after an environment; ${TASTE}
S003 public schema that all may write; Postgres 15 and later forbid it by default
S004 schema owned by a system role; about the server
S005 several owners in a schema; about who runs migrations
C001 max_connections and work_mem; about the server
C002 pg_hba.conf entries; about the server
C003 password encryption; about the server`,
  eugene: `
E3 json column = lint/json-type
E4 statements after AccessExclusive; ${LOCK}
E10 rewrite under a dangerous lock = migration/table-rewrite
E15 foreign key without index = lint/foreign-key-index
W12 several ALTER TABLE where one does; ${LOCK}
W14 primary key using an index; ${LOCK}`,
  'pg-index-health': `
1 invalid index = lint/invalid-index
6 index that holds many NULLs; ${TRAFFIC}
15 foreign key type = lint/foreign-key-type
16 index on a boolean = lint/boolean-index
17 constraint that is NOT VALID = lint/not-valid-constraint
18 B-tree on an array = lint/btree-on-container
19 sequence near its end; ${TRAFFIC}
21 identical foreign keys = lint/duplicate-foreign-key
22 intersecting foreign keys; a composite key in addition to a single-column one can be intentional: one of them includes the tenant
24 table without links; ${TASTE}
31 needless WHERE on NOT NULL = lint/needless-condition
34 timestamp in the middle of an index; ${TRAFFIC}
37 all columns nullable; ${TASTE}
40 composite foreign key with nullable parts = lint/partly-null-foreign-key
42 self reference without an action = lint/on-delete
44 names that count up; ${TASTE}
45 one column name with several types; \`id\` and \`value\` have several in every schema`,
  pgrubic: `
CT003 identity BY DEFAULT = lint/identity-by-default
CT005 primary key names a column twice = lint/key-column-twice
CT006 unique key names a column twice = lint/key-column-twice
GN010 table named like a column; ${TASTE}
GN016 constant generated column; ${TASTE}
GN032 column twice in an index = lint/column-twice-in-index
ST004 search_path order of a definer function = lint/definer-search-path; checks only that there is one
ST005 search_path of a definer function = lint/definer-search-path
TP017 nullable boolean; NULL as "not answered" is common and correct
US030 USING names another column; Drizzle writes USING`,
  'eslint-plugin-postgresql': `
require-fk-include-columns; the access rules define and enforce the tenant column
no-update-without-from-binding; ${DML}
no-distinct-on-without-order-by; about queries, not about a schema`,
  Atlas: `
MF101 unique index on existing rows; depends on data
MF102 unique index that was not unique; depends on data
MF103 NOT NULL column without default = migration/required-column
MF104 NOT NULL on a nullable column; depends on data
PG110 column alignment; saves a few bytes per row, but columns are better ordered for readers
CD101 dropped foreign key; ${TASTE}
BC102 renamed table = migration/renamed
NM101 name of a schema = lint/name-case
NM102 name of a table = lint/name-case lint/plural-table
NM103 name of a column = lint/name-case
NM104 name of an index = lint/index-name
NM105 name of a foreign key = lint/foreign-key-name
NM106 name of a check = lint/check-name
non-linear history = migrate/out-of-order; \`--migrations\` compares the times in drizzle-kit's journal, and \`garden migrate\` refuses edits of applied migrations`,
  strong_migrations: `
renaming an enum value; programs that compare with the old value fail as with a renamed column, but nothing locks
renaming a schema = migration/renamed
changing a type that a CHECK uses = migration/table-rewrite
non-unique index over more than three columns; ${TASTE}`,
  'drizzle-kit 1.0': `
schema_name_duplicate; two exports of the same schema are not a conflict
enum_name_duplicate = lint/name-clash
enum_values_duplicate = lint/enum-value-twice
table_name_duplicate = schema/table-twice
column_name_duplicate = schema/column-twice
constraint_name_duplicate = lint/name-clash
sequence_name_duplicate = lint/name-clash
view_name_duplicate = schema/name-twice
index_no_name = lint/unnamed-index
index_duplicate = schema/name-twice
pgvector_index_noop = lint/operator-class
policy_duplicate = schema/name-twice
policy_not_linked = lint/unlinked-policy
role_duplicate = lint/name-clash
privilege_duplicate; drizzle-orm 0.45 has no privileges
foreign key arity (PR 3043) = lint/foreign-key-target
foreign key types (PR 3043) = lint/foreign-key-type
primary key of another table (PR 3043) = lint/foreign-column
sequence bounds (PR 3043) = lint/sequence-bounds`,
  'eslint-plugin-drizzle': `
enforce-delete-with-where; ${DML}
enforce-update-with-where; ${DML}`,
  'validate-schema.sh': `
naming conventions = lint/name-case lint/reserved-name
primary keys = lint/no-primary-key
ON DELETE and ON UPDATE = lint/on-delete lint/on-update
pgvector extension = lint/extension-missing
vector indexes = lint/vector-index lint/operator-class
timestamp defaults = lint/timestamp-default
UUID defaults = lint/uuid-default
indexes on foreign keys = lint/foreign-key-index
RLS policies = lint/rls-disabled lint/rls-without-policy lint/policy-without-rls`,
  'Supabase rulebook': `
UUID primary keys = lint/serial-column lint/uuid-default
created_at and updated_at = lint/mandatory-columns
user references = lint/user-reference
CHECK on a status = lint/status-check
indexes = lint/foreign-key-index lint/policy-column-index
index on created_at; an index that no query uses slows every write
RLS enabled = lint/rls-disabled
policies per command = lint/policy-for-all
encrypted secrets = lint/unencrypted-column
trigger for updated_at; \`garden validate\` reads no triggers, so it cannot tell whether a database has one (\`touched\` columns of the kit always get one)`,
  'Gateway style guide': `
plural snake_case tables = lint/plural-table lint/name-case
index names = lint/index-name
foreign key names = lint/foreign-key-name
timestamps on all tables = lint/mandatory-columns lint/timestamp-without-zone
indexes on foreign keys = lint/foreign-key-index
no SELECT * = lint/select-star-view lint/select-star-function
no unencrypted secrets = lint/unencrypted-column`,
};

export const peerRules: readonly PeerRule[] = Object.entries(PEERS).flatMap(([peer, text]) =>
  text
    .trim()
    .split('\n')
    .map((line): PeerRule => {
      const [head = '', reason = ''] = line.split('; ');
      const [id = '', rules = ''] = head.split(' = ');
      return { peer, id, rules: rules.split(' ').filter((rule) => rule !== ''), reason };
    }),
);
