import { describe, expect, test } from 'vitest';
import { looksSecret } from './looks-secret.ts';

describe('looks like a secret', () => {
  test.each([
    'password',
    'passwd',
    'user_pwd',
    'userPassword',
    'hashed_password',
    'password_hash',
    'passwordHash',
    'password_sha256',
    'password2',
    'passphrase',
    'smtp_pass',
    'secret',
    'clientSecret',
    'webhook_secret',
    'secret_value',
    'totp_secret',
    'otp',
    'otp_code',
    'otpSeed',
    'recovery_codes',
    'private_key',
    'privateKey',
    'PRIVATE_KEY',
    'api_key',
    'APIKey',
    'apikey',
    'api_key_hash',
    'apiKeyEncrypted',
    'signing_key',
    'key_hash',
    'token',
    'tokens',
    'token_hash',
    'access_token',
    'refreshToken',
    'reset_password_token',
    'session-token',
    'salt',
    'password_salt',
    'encrypted_notes',
    'notes_encrypted',
    'encryptedBody',
    'ciphertext',
    'body_ciphertext',
    'credentials',
    'aws_credential',
    'seed_phrase',
    'connection_string',
    'security_answer',
    'jwt',
  ])('%s', (name) => {
    expect(looksSecret(name)).toBe(true);
  });

  test.each([
    ['api_keys', 'key'],
    ['api_keys', 'hash'],
    ['password_reset_tokens', 'value'],
    ['ApiKey', 'key_value'],
  ])('%s.%s', (table, column) => {
    expect(looksSecret(column, table)).toBe(true);
  });
});

describe('does not look like a secret', () => {
  test.each([
    'tokens_used',
    'token_count',
    'tokenCount',
    'token_type',
    'token_prefix',
    'token_id',
    'next_page_token',
    'stop_tokens',
    'tokenizer',
    'secretary',
    'secret_name',
    'password_changed_at',
    'password_policy',
    'passenger',
    'boarding_pass',
    'compass',
    'key',
    'sort_key',
    'primary_key',
    'public_key',
    'api_key_id',
    'api_key_last4',
    'access_key_id',
    'keyboard',
    'hash',
    'commit_hash',
    'content_hash',
    'basalt',
    'salty',
    'salt_intake',
    'encryption_algorithm',
    'encrypted_with',
    'postal_code',
    'code',
    'country_code',
    'answer',
    'value',
    'name',
    '',
    '__',
  ])('%s', (name) => {
    expect(looksSecret(name)).toBe(false);
  });

  test.each([
    ['packages', 'hash'],
    ['settings', 'key'],
    ['api_keys', 'name'],
    ['token_counts', 'value'],
  ])('%s.%s', (table, column) => {
    expect(looksSecret(column, table)).toBe(false);
  });
});
