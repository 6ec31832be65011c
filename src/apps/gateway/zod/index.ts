import { z } from 'zod/v4';
import { insertSchema, selectSchema } from '../../../zod/table-schemas.ts';
import { schemasOf, type SchemasOf } from '../../../zod/schemas-of.ts';
import * as gateway from '../index.ts';
import type { ServerConfig } from '../tables/server-config.ts';

/** The configuration of a server. */
export const serverConfig: z.ZodType<ServerConfig> = /* @__PURE__ */ z.strictObject({
  headers: z.record(z.string(), z.string()).optional(),
  retries: z.int().min(0).max(10).optional(),
  rateLimitPerMinute: z.int().min(1).optional(),
  capabilities: z.array(z.string()).optional(),
});

type Narrowing = { readonly mcpServers: { readonly configuration: typeof serverConfig } };

/** The validators of the app's tables: `schemas.mcpServers.insert.parse(row)`. */
export const schemas: SchemasOf<typeof gateway, Narrowing> = /* @__PURE__ */ schemasOf(gateway, {
  mcpServers: { configuration: serverConfig },
});

/** A new user, with a form of e-mail address that is stricter than the database's. */
export const insertUserSchema = /* @__PURE__ */ insertSchema(gateway.users, { email: z.email() });

/** A user from the database, with the hash of the password. */
export const selectUserSchema = /* @__PURE__ */ selectSchema(gateway.users);

/** Long enough for a sentence. Hashing a longer text would cost the server too much. */
const MAX_PASSWORD = 256;

/** The input of a form that creates a user. The server sets the id, the times and the hash. */
export const createUserInput = /* @__PURE__ */ insertUserSchema
  .omit({ id: true, createdAt: true, updatedAt: true, roleId: true, passwordHash: true })
  .extend({
    // The schemas of columns take anything; this one gets text.
    email: z
      .string()
      .trim()
      .toLowerCase()
      .pipe(insertUserSchema.shape.email as z.ZodType<string, string>),
    password: z.string().min(8).max(MAX_PASSWORD),
    confirmPassword: z.string().max(MAX_PASSWORD),
  })
  .refine(({ password, confirmPassword }) => password === confirmPassword, {
    message: "Passwords don't match",
    path: ['confirmPassword'],
  });

export type CreateUserInput = z.input<typeof createUserInput>;

/** A new server, with the check across columns that the validators of single columns lack. */
export const createServerInput = /* @__PURE__ */ schemas.mcpServers.insert.refine(
  ({ expiresAt, createdAt }) => !expiresAt || expiresAt > createdAt,
  { message: 'must be later than the creation', path: ['expiresAt'] },
);
