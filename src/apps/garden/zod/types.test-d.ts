import { expectTypeOf, test } from 'vitest';
import type { z } from 'zod';
import type { NewPackage, Package, PackageRequest, PackageUpdate } from '../index.ts';
import type { schemas } from './index.ts';

test('what a schema gives is the row that Drizzle takes', () => {
  expectTypeOf<z.output<typeof schemas.packages.insert>>().toEqualTypeOf<NewPackage>();
  expectTypeOf<z.output<typeof schemas.packages.select>>().toEqualTypeOf<Package>();
  expectTypeOf<z.output<typeof schemas.packageRequests.select>>().toEqualTypeOf<PackageRequest>();
});

test('an update cannot name the key', () => {
  expectTypeOf<z.output<typeof schemas.packages.update>>().not.toHaveProperty('id');
  expectTypeOf<keyof z.output<typeof schemas.packages.update>>().toEqualTypeOf<
    keyof PackageUpdate
  >();
});

test('what an update schema gives is an update, also where an optional property may not be undefined', () => {
  expectTypeOf<z.output<typeof schemas.packages.update>>().toExtend<PackageUpdate>();
});
