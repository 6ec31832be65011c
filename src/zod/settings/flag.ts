import { z } from 'zod/v4';

/**
 * A feature flag. It is on if `enabled` is true and every other condition that is present holds.
 */
export const flagSchema: z.ZodType<FlagValue> = z.strictObject({
  enabled: z.boolean(),
  percentage: z.number().gte(0).lte(100).optional(),
  roles: z.array(z.string().min(1)).max(100).optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  until: z.iso.datetime({ offset: true }).optional(),
}) as unknown as z.ZodType<FlagValue>;

export interface FlagValue {
  readonly enabled: boolean;
  /** Share of the subjects for whom the flag is on, 0 to 100. Default: all. */
  readonly percentage?: number;
  /** The subject has one of these roles. */
  readonly roles?: readonly string[];
  /** On from this time: ISO 8601 with an offset. */
  readonly from?: string;
  /** Off from this time. */
  readonly until?: string;
}

/** Whom a flag is evaluated for. */
export interface FlagSubject {
  /** A stable id: a user, an organization, a device. Without it, a percentage below 100 is off. */
  readonly id?: string | undefined;
  readonly roles?: readonly string[] | undefined;
  /** Milliseconds since 1970. Default: the clock of this computer. */
  readonly now?: number | undefined;
}

/**
 * Whether a flag is on for a subject. The result is the same in a browser and on a server.
 * `name` is part of the hash, so that two flags with the same percentage reach different users.
 * A user for whom the flag is on at some percentage keeps it at every higher one.
 *
 * @example
 * const value = { enabled: true, percentage: 25, roles: ['beta'] };
 * isFlagOn('newEditor', value, { id: 'user 7', roles: ['beta'] });
 */
export function isFlagOn(name: string, value: FlagValue, subject: FlagSubject = {}): boolean {
  const { enabled, percentage = 100, roles, from, until } = value;
  const { id, now = Date.now() } = subject;
  if (!enabled || percentage <= 0) return false;
  if (from !== undefined && !(now >= Date.parse(from))) return false;
  if (until !== undefined && !(now < Date.parse(until))) return false;
  if (roles !== undefined && !roles.some((role) => subject.roles?.includes(role))) return false;
  if (percentage >= 100) return true;
  return id !== undefined && sharePoint(`${name}:${id}`) < percentage;
}

/** A fixed point from 0 to below 100 for each text, uniformly distributed. */
function sharePoint(text: string): number {
  // FNV-1a over UTF-16 code units, and the finalizer of MurmurHash3, which spreads its low bits.
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    hash = Math.imul(hash ^ (unit & 0xff), 0x01000193);
    hash = Math.imul(hash ^ (unit >>> 8), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (((hash ^ (hash >>> 16)) >>> 0) / 0x1_0000_0000) * 100;
}
