import { z } from 'zod/v4';
import { ProblemError } from '../../report/problem.ts';
import { flagSchema, type FlagValue } from './flag.ts';

/** A setting: its values, its default, and who may read it. */
export interface Setting<Value> {
  readonly kind: 'setting' | 'flag' | 'rate-limit' | 'maintenance';
  readonly schema: z.core.$ZodType<Value>;
  readonly default: Value;
  /** Whether clients may read it. */
  readonly public: boolean;
}

export interface FlagSetting extends Setting<FlagValue> {
  readonly kind: 'flag';
}

/** A token bucket of `capacity` tokens, to which `refill` tokens are added in `per` milliseconds. */
export interface RateLimitValue {
  readonly capacity: number;
  readonly refill: number;
  readonly per: number;
}

/** When and how a maintenance task runs. */
export interface MaintenanceValue {
  readonly enabled: boolean;
  /** Time of day in UTC: `03:30`. */
  readonly at: string;
  /** Rows of one batch. */
  readonly batch: number;
  /** Days that rows are kept; absent if the task deletes nothing. */
  readonly keepDays?: number;
}

/** The settings of an application, by key. */
export type SettingDefinitions = Readonly<Record<string, Setting<never> | Setting<unknown>>>;

interface Options<Value> {
  readonly default: Value;
  /** Default: false. */
  readonly public?: boolean;
}

/** A value with a Zod schema. It must not be null, because JSON null cannot be stored. */
export const setting = <Schema extends z.core.$ZodType>(
  schema: Schema,
  options: Options<z.core.output<Schema>>,
): Setting<z.core.output<Schema>> => ({
  kind: 'setting',
  schema: schema as unknown as z.core.$ZodType<z.core.output<Schema>>,
  default: options.default,
  public: options.public ?? false,
});

/** A feature flag: on, off, or on for a percentage, for roles, or between two times. */
export const flag = ({
  default: value,
  public: open = false,
}: Options<FlagValue>): FlagSetting => ({
  kind: 'flag',
  schema: flagSchema,
  default: value,
  public: open,
});

const rateLimitSchema = z.strictObject({
  capacity: z.number().positive(),
  refill: z.number().positive(),
  per: z.number().positive(),
});

/** A rate limit, for `tokenBucket()`. */
export const rateLimit = (options: Options<RateLimitValue>): Setting<RateLimitValue> => ({
  kind: 'rate-limit',
  schema: rateLimitSchema,
  default: options.default,
  public: options.public ?? false,
});

const maintenanceSchema = z.strictObject({
  enabled: z.boolean(),
  at: z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day: 03:30'),
  batch: z.int().gte(1).lte(100_000),
  keepDays: z.int().gte(1).optional(),
}) as unknown as z.core.$ZodType<MaintenanceValue>;

/** The configuration of a maintenance task. */
export const maintenance = (options: Options<MaintenanceValue>): Setting<MaintenanceValue> => ({
  kind: 'maintenance',
  schema: maintenanceSchema,
  default: options.default,
  public: options.public ?? false,
});

const KEY = /^[a-z][a-zA-Z0-9_.]{0,99}$/;

/**
 * Declares the settings of an application: application settings, feature flags, rate limits and
 * maintenance. Every setting has a default, so that an empty table works.
 *
 * @example
 * import * as z from 'zod/v4';
 *
 * const settings = defineSettings({
 *   supportEmail: setting(z.email(), { default: 'help@example.org', public: true }),
 *   history: flag({ default: { enabled: true }, public: true }),
 *   messages: rateLimit({ default: { capacity: 20, refill: 20, per: 60_000 } }),
 *   cleanup: maintenance({ default: { enabled: true, at: '03:30', batch: 1000 } }),
 * });
 */
export function defineSettings<const Definitions extends SettingDefinitions>(
  definitions: Definitions,
): Definitions {
  for (const [key, { schema, default: value }] of Object.entries(definitions)) {
    if (!KEY.test(key)) {
      throw new ProblemError({
        code: 'settings/key',
        message: `${JSON.stringify(key)} cannot be the key of a setting.`,
        fix: 'start with a lower-case letter, and use letters, digits, _ and ., at most 100.',
      });
    }
    const [issue] = settingIssues(schema, value);
    if (issue === undefined) continue;
    throw new ProblemError({
      code: 'settings/default',
      message: `the default of the setting ${key} is not valid: ${issue}.`,
      fix: 'give it a default that its schema accepts.',
    });
  }
  return Object.freeze({ ...definitions });
}

/** Why a setting does not accept a value; empty if it does. */
export function settingIssues(schema: z.core.$ZodType, value: unknown): readonly string[] {
  if (value === null || value === undefined) return ['must not be null'];
  const result = z.core.safeParse(schema, value);
  return (result.error?.issues ?? []).map(({ path, message }) =>
    path.length === 0 ? message : `${path.map(String).join('.')}: ${message}`,
  );
}
