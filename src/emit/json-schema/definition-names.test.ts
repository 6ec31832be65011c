import { expect, test } from 'vitest';
import { DefinitionNames } from './definition-names.ts';

test('names are class names, and used once', () => {
  const names = new DefinitionNames();
  const take = (...parts: readonly string[]): string => names.take(parts, ['', 'Insert'])[''];
  expect(take('package_versions')).toBe('PackageVersions');
  expect(take('packageVersions')).toBe('PackageVersions2');
  expect(take('billing', 'invoices')).toBe('BillingInvoices');
  expect(take('billing.invoices')).toBe('BillingInvoices2');
  expect(take('2fa codes')).toBe('T2faCodes');
  expect(take('größe')).toBe('Größe');
  expect(take('✓')).toBe('T');
  // `notes_insert` would be the insert of `notes`.
  expect(take('notes')).toBe('Notes');
  expect(take('notes_insert')).toBe('NotesInsert2');
});
