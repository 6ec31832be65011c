import { expectTypeOf, test } from 'vitest';
import type { z } from 'zod';
import type { NewPackage, Package, PackageRequest, PackageUpdate } from '../index.ts';
import type { schemas } from './index.ts';

test('the output of a schema is a row for Drizzle', () => {
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

test('the output of an update schema is an update, also with exactOptionalPropertyTypes', () => {
  expectTypeOf<z.output<typeof schemas.packages.update>>().toExtend<PackageUpdate>();
});
