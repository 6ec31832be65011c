import { expectTypeOf, test } from 'vitest';
import type { z } from 'zod';
import type { NewPackage, Package, PackageRequest, PackageUpdate } from '../index.ts';
import type {
  insertPackageSchema,
  selectPackageRequestSchema,
  selectPackageSchema,
  updatePackageSchema,
} from './index.ts';

test('what a schema gives is the row that Drizzle takes', () => {
  expectTypeOf<z.output<typeof insertPackageSchema>>().toEqualTypeOf<NewPackage>();
  expectTypeOf<z.output<typeof selectPackageSchema>>().toEqualTypeOf<Package>();
  expectTypeOf<z.output<typeof selectPackageRequestSchema>>().toEqualTypeOf<PackageRequest>();
});

test('an update cannot name the key', () => {
  expectTypeOf<z.output<typeof updatePackageSchema>>().not.toHaveProperty('id');
  expectTypeOf<keyof z.output<typeof updatePackageSchema>>().toEqualTypeOf<keyof PackageUpdate>();
});

test('what an update schema gives is an update, also where an optional property may not be undefined', () => {
  expectTypeOf<z.output<typeof updatePackageSchema>>().toExtend<PackageUpdate>();
});
