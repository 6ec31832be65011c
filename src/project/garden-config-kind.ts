import * as z from 'zod';
import { PRESETS } from '../check/lint-rule.ts';
import type { IgnoreSetting, ValidateConfig } from '../check/validate-config.ts';
import type { ColumnChoices, TableChoices } from '../model/zero-choices.ts';
import { DOCTOR_LIMITS } from '../maintain/doctor/doctor-limits.ts';
import type { ConfigKind } from './check-config.ts';
import type {
  DevConfig,
  GardenConfig,
  JsonSchemaConfig,
  SupabaseConfig,
  ZeroConfig,
} from './config.ts';
import type { AcceptedFinding, DoctorConfig } from './operate/doctor-config.ts';
import { names, setting, text, twoNames } from './setting-schemas.ts';

/** Every setting; TypeScript checks that none is missing. */
type Settings<Of> = Readonly<Record<keyof Of, z.ZodType>>;

const record = (of: z.ZodType): z.ZodType => z.record(z.string(), of);

/** zero-cache reserves names that start with _. */
const publicationName = setting(
  (value) => typeof value === 'string' && /^[A-Za-z][A-Za-z0-9_]{0,62}$/.test(value),
  {
    message: 'a name of at most 63 letters, digits and _ that starts with a letter',
    example: "'zero_data'",
  },
);

const defaults = z.enum(['optional', 'required']);

const column = z.union([
  z.literal([true, false]),
  z.strictObject({ defaults } satisfies Settings<ColumnChoices>).partial(),
]);

const table = z.union([
  z
    .strictObject({
      key: names,
      name: text('name'),
      columns: record(column),
      defaults,
    } satisfies Settings<TableChoices>)
    .partial(),
  z.literal(false),
]);

const manyToMany = z.union([
  z.strictObject({ many: text('relation'), one: text('relation') }),
  twoNames,
  text('newName'),
  z.literal(false),
]);

const zero = z
  .strictObject({
    out: text('src/apps/garden/zero'),
    importEnding: z.enum(['.ts', '.js', 'none']),
    defaultTypes: z.literal([true, false]),
    rulesType: text('@techgarden/schema/server'),
    only: names,
    tables: record(table),
    relations: record(
      record(
        z.union([
          text('newName'),
          z.strictObject({ keep: text('usersRelations') }),
          z.literal(false),
        ]),
      ),
    ),
    clashSuffix: text('Relation'),
    manyToMany: record(record(manyToMany)),
    defaults,
    publication: z.union([publicationName, z.literal(false)]),
  } satisfies Settings<ZeroConfig>)
  .partial();

const jsonSchema = z
  .strictObject({
    out: text('./schema.json'),
    keys: z.enum(['sql', 'typescript']),
    serverOnly: z.literal([true, false]),
  } satisfies Settings<JsonSchemaConfig>)
  .partial();

const supabase = z
  .strictObject({
    out: text('./database-types.ts'),
    form: z.enum(['exact', 'client']),
  } satisfies Settings<SupabaseConfig>)
  .partial();

const isRule = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'code' in value && 'check' in value;

/**
 * A severity, alone or with the options of the rule. The options themselves are checked by the
 * rule.
 */
const ruleSetting = setting(
  (value) =>
    isLevel(value) ||
    (Array.isArray(value) && value.length === 2 && isLevel(value[0]) && isOptions(value[1])),
  {
    message: "'error', 'warning', 'off', or one of them in a list with the options of the rule",
    example: "'warning'",
  },
);
const isLevel = (value: unknown): boolean =>
  typeof value === 'string' && ['error', 'warning', 'off'].includes(value);
const isOptions = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const validate = z
  .strictObject({
    presets: z.array(z.enum(PRESETS)),
    rules: record(ruleSetting),
    ignore: z.array(
      z.strictObject({
        rule: text('lint/foreign-key-index'),
        object: text('notes.author_id'),
        reason: text('the reason'),
      } satisfies Settings<IgnoreSetting>),
    ),
    ownRules: setting((value) => Array.isArray(value) && value.every(isRule), {
      message: 'a list of rules that defineRule() made',
      example: '[rule]',
    }),
    generate: z.enum(['report', 'fail', 'off']),
  } satisfies Settings<ValidateConfig>)
  .partial();

/** A limit has the type of its default. */
const limits = z
  .strictObject(
    Object.fromEntries(
      Object.entries(DOCTOR_LIMITS).map(([name, value]) => [
        name,
        typeof value === 'number'
          ? z.number()
          : typeof value === 'boolean'
            ? z.literal([true, false])
            : names,
      ]),
    ),
  )
  .partial();

const doctor = z
  .strictObject({
    ignore: z.array(
      z.strictObject({
        rule: text('doctor/unused-index'),
        object: text('notes.idx_notes_title').optional(),
        reason: text('the reason'),
      } satisfies Settings<AcceptedFinding>),
    ),
    limits,
  } satisfies Settings<DoctorConfig>)
  .partial();

const isClaims = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const dev = z
  .strictObject({
    server: text('./src/server.ts'),
    queries: text('./src/queries.ts'),
    mutators: text('./src/mutators.ts'),
    command: z.union([text('vite'), z.literal(false)]),
    principals: record(
      setting(isClaims, { message: 'an object of claims', example: "{ sub: '…' }" }),
    ),
  } satisfies Settings<DevConfig>)
  .partial();

/** The schema of garden.config.ts. */
export const gardenConfigKind: ConfigKind = {
  code: 'generate/garden-config',
  name: 'garden.config',
  schema: z
    .strictObject({
      zero,
      jsonSchema,
      supabase,
      seed: text('./seed.ts'),
      preparedQueries: text('./queries.ts'),
      kms: text('./kms.ts'),
      comments: z.literal([true, false]),
      aliases: names,
      validate,
      doctor,
      dev,
    } satisfies Settings<GardenConfig>)
    .partial(),
  example: "export default defineGarden({ … }), from '@techgarden/schema/config'",
};
