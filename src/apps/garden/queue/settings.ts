import { ProblemError } from '../../../report/problem.ts';

/** What the queue does where nothing else is said. All times are milliseconds. */
export interface QueueSettings {
  /** How long after a success a package is not fetched again. */
  readonly cooldown: number;
  /** How many requests a person may make within `personWindow`. */
  readonly personLimit: number;
  readonly personWindow: number;
  /** How many requests a person's request may lead to, all in all. */
  readonly rootBudget: number;
  /** How many steps from it. */
  readonly maxDepth: number;
  /** After so many a request fails for good. */
  readonly attempts: number;
  /** The wait after the first failed attempt; it doubles with each one. */
  readonly backoffBase: number;
  /** The longest wait. */
  readonly backoffCap: number;
  /** How much of a wait chance may take away, from 0 to 1. */
  readonly backoffJitter: number;
  /** How long a claim holds without a heartbeat. */
  readonly lease: number;
  /** How often an idle worker looks without having been notified. */
  readonly poll: number;
  /** How old a finished request is when `prune` takes it. */
  readonly keep: number;
}

const SECOND = 1000;
const HOUR = 3600 * SECOND;

/** The settings that hold where a call names no others. */
export const defaultSettings: QueueSettings = Object.freeze({
  cooldown: HOUR,
  personLimit: 20,
  personWindow: HOUR,
  rootBudget: 500,
  maxDepth: 16,
  attempts: 5,
  backoffBase: 5 * SECOND,
  backoffCap: HOUR,
  backoffJitter: 0.5,
  lease: 60 * SECOND,
  poll: 10 * SECOND,
  keep: 365 * 24 * HOUR,
});

/** What cannot be nothing. A limit of 0 is better said by not calling at all. */
const POSITIVE = ['personLimit', 'attempts', 'lease', 'poll'] as const;
const WHOLE = ['personLimit', 'rootBudget', 'maxDepth', 'attempts'] as const;

/** The defaults with what a caller wants otherwise. */
export function settingsWith(own: Partial<QueueSettings> = {}): QueueSettings {
  const settings = { ...defaultSettings, ...own };
  for (const [name, value] of Object.entries(settings)) {
    const least = POSITIVE.some((one) => one === name) ? 1 : 0;
    const whole = WHOLE.some((one) => one === name);
    if (value >= least && Number.isFinite(value) && (!whole || Number.isInteger(value))) continue;
    throw badSetting(name, value, `a ${whole ? 'whole ' : ''}number from ${least} on`);
  }
  if (settings.backoffJitter > 1) {
    throw badSetting('backoffJitter', settings.backoffJitter, 'a number from 0 to 1');
  }
  return settings;
}

const badSetting = (name: string, value: unknown, expected: string): ProblemError =>
  new ProblemError({
    code: 'queue/bad-setting',
    message: `the queue's setting ${name} is ${String(value)}, and must be ${expected}.`,
    fix: 'correct it, or leave it out.',
  });
