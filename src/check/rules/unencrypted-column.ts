import type { ColumnType } from '../../model/column-type.ts';
import { holdsCiphertext } from '../../model/holds-ciphertext.ts';
import { looksSecret } from '../../model/looks-secret.ts';
import { checkColumns, nameColumn } from '../column-rule.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';

export interface UnencryptedColumnOptions {
  readonly sensitive: readonly string[];
}

export const unencryptedColumn: LintRule<UnencryptedColumnOptions> =
  defineRule<UnencryptedColumnOptions>({
    code: 'lint/unencrypted-column',
    severity: 'warning',
    presets: ['house', 'supabase', 'gateway'],
    title: 'A secret is stored encrypted or as a hash.',
    why: 'Anyone who can read the table, a backup or a replica can use a secret that is stored in plain text.',
    inputs: ['definitions', 'database'],
    options: {
      sensitive: { default: [], help: 'names of further columns with sensitive data' },
    },
    example: {
      bad: `export const servers = pgTable('servers', {
  id: uuid('id').primaryKey(),
  apiKey: text('api_key').notNull(),
});`,
      good: `export const servers = pgTable('servers', {
  id: uuid('id').primaryKey(),
  apiKey: encrypted('api_key').notNull(),
}, (t) => [isEncrypted(t.apiKey)]);`,
      alike: [
        `export const servers = pgTable('servers', {
  id: uuid('id').primaryKey(),
  apiKeyEncrypted: text('api_key_encrypted').notNull(),
});`,
        `export const keys = pgTable('api_keys', {
  id: uuid('id').primaryKey(),
  keyHash: text('key_hash').notNull(),
  keyPrefix: text('key_prefix').notNull(),
  tokenCount: integer('token_count').notNull(),
  sortKey: text('sort_key').notNull(),
  ciphertext: text('ciphertext').notNull(),
  tokenExpiresAt: timestamp('token_expires_at', { withTimezone: true }),
});`,
      ],
    },
    check: checkColumns((column, table, { sensitive }) => {
      const { name, type } = column;
      if (holdsCiphertext(column, table)) return undefined;
      const isNamed = sensitive.includes(name);
      if (!isNamed && (!isText(type) || isCovered(name) || !looksSecret(name, table.name)))
        return undefined;
      return {
        message: `${nameColumn(column, table)} stores a secret in plain text, judging by its name.`,
        fix: `declare it with encrypted('${name}') of the kit and add isEncrypted(t.${column.key}); or store a hash with hashedToken() if it is only compared.`,
        sqlFix: `let the application encrypt the value and show it in the name, ${name}_encrypted; or store a hash if it is only compared.`,
      };
    }),
  });

const isText = (type: ColumnType): boolean =>
  (type.kind === 'text' || type.kind === 'varchar' || type.kind === 'char') &&
  type.values === undefined;

/** The name shows that the value is not the secret itself. */
const isCovered = (name: string): boolean =>
  /(?:^|_)(?:hash|hashed|digest|sha\d*|md5|bcrypt|scrypt|argon2?|encrypted|ciphertext|cipher|salt|enc|id|ref|vault|masked|hint)(?:_|$)/.test(
    name.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase(),
  );
