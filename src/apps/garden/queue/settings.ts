import { ProblemError } from '../../../report/problem.ts';

/** Settings of the queue. All times are in milliseconds. */
export interface QueueSettings {
  /** Time after a successful fetch during which a package is not fetched again. */
  readonly cooldown: number;
  /** Maximum number of requests per user within `userWindow`. */
  readonly userLimit: number;
  readonly userWindow: number;
  /** Maximum number of requests that follow from one user request. */
  readonly rootBudget: number;
  /** Maximum depth of requests below a user request. */
  readonly maxDepth: number;
  /** Number of attempts after which a request fails for good. */
  readonly attempts: number;
  /** Wait after the first failed attempt. It doubles with each further one. */
  readonly backoffBase: number;
  /** Maximum wait between attempts. */
  readonly backoffCap: number;
  /** Share of a wait that is random, from 0 to 1. */
  readonly backoffJitter: number;
  /** How long a claim lasts without a heartbeat. */
  readonly lease: number;
  /** How often an idle worker polls without a notification. */
  readonly poll: number;
  /** Minimum age at which `prune` deletes a finished request. */
  readonly keep: number;
}

const SECOND = 1000;
const HOUR = 3600 * SECOND;

/** Defaults for settings that a call leaves out. */
export const defaultSettings: QueueSettings = Object.freeze({
  cooldown: HOUR,
  userLimit: 20,
  userWindow: HOUR,
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

/** These must be positive. For a limit of 0, do not call the queue at all. */
const POSITIVE = ['userLimit', 'attempts', 'lease', 'poll'] as const;
const WHOLE = ['userLimit', 'rootBudget', 'maxDepth', 'attempts'] as const;

/** The defaults with the caller's overrides. */
export function settingsWith(own: Partial<QueueSettings> = {}): QueueSettings {
  const settings = { ...defaultSettings, ...own };
  for (const [name, value] of Object.entries(settings)) {
    const least = POSITIVE.some((one) => one === name) ? 1 : 0;
    const whole = WHOLE.some((one) => one === name);
    if (value >= least && Number.isFinite(value) && (!whole || Number.isInteger(value))) continue;
    throw badSetting(name, value, `a ${whole ? 'whole ' : ''}number of at least ${least}`);
  }
  if (settings.backoffJitter > 1) {
    throw badSetting('backoffJitter', settings.backoffJitter, 'a number from 0 to 1');
  }
  return settings;
}

const badSetting = (name: string, value: unknown, expected: string): ProblemError =>
  new ProblemError({
    code: 'queue/bad-setting',
    message: `the queue's setting ${name} is ${String(value)} but must be ${expected}.`,
    fix: 'correct it, or omit it to use the default.',
  });
