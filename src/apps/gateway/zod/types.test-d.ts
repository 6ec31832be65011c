import { expectTypeOf, test } from 'vitest';
import type { z } from 'zod';
import type { NewMcpServer, ServerConfig, UserRole } from '../index.ts';
import type { createServerInput, createUserInput, CreateUserInput, schemas } from './index.ts';

test('the output of a schema is a row for Drizzle', () => {
  expectTypeOf<z.output<typeof schemas.mcpServers.insert>>().toExtend<NewMcpServer>();
  expectTypeOf<z.output<typeof createServerInput>>().toExtend<NewMcpServer>();
  expectTypeOf<
    z.output<typeof schemas.mcpServers.select>['configuration']
  >().toEqualTypeOf<ServerConfig | null>();
});

test('the input of a new user has the password twice, and nothing that the server sets', () => {
  expectTypeOf<keyof CreateUserInput>().toEqualTypeOf<
    'email' | 'name' | 'role' | 'password' | 'confirmPassword'
  >();
  expectTypeOf<z.output<typeof createUserInput>['role']>().toEqualTypeOf<UserRole>();
});
