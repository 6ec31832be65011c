import { isDeepStrictEqual } from 'node:util';
import type { Claims } from '../../model/rule.ts';
import { answerReading, type Answer } from './answer-reading.ts';
import type { Coverage } from './coverage/coverage.ts';
import { attemptOf } from './attempt-of.ts';
import type { EnteredWorld, Enforcer, Verdict } from './enforcer.ts';
import { allowsAttempt } from './oracle.ts';
import type { Questions } from './questions.ts';
import type { Tally } from './tally.ts';
import type { Attempt, Reading, World, Write } from './world.ts';

/** A case in which an enforcer disagrees with the oracle. */
export interface Disagreement {
  readonly enforcer: string;
  readonly claims: Claims;
  readonly question:
    | { readonly reading: Reading }
    | { readonly write: Write; readonly attempt: Attempt };
  readonly expected: Answer | Verdict;
  /** An error if the enforcer threw. */
  readonly said: Answer | Verdict | Error;
}

/** Runs every reading and write of a world on every enforcer, until the first wrong answer. */
export async function compareWorld(
  world: World,
  enforcers: readonly Enforcer[],
  tally?: Tally,
  coverage?: Coverage,
): Promise<Disagreement | undefined> {
  const questions = questionsOf(world);
  for (const one of questions) {
    tally?.count(world, one);
    coverage?.count(world, one);
  }
  const entered: EnteredWorld[] = [];
  try {
    for (const enforcer of enforcers) {
      const found = await askEnforcer(world, questions, enforcer, entered);
      if (found) return { enforcer: enforcer.name, ...found };
    }
    return undefined;
  } finally {
    for (const place of entered.toReversed()) await place.leave();
  }
}

function questionsOf(world: World): readonly Questions[] {
  const { rules, rows } = world;
  const attempts = world.writes.flatMap((write) => {
    const attempt = attemptOf(world, write);
    return attempt ? [{ write, attempt }] : [];
  });
  return world.principals.map((claims) => ({
    claims,
    readings: world.readings.map((reading) => ({
      reading,
      expected: answerReading(rules, claims, rows, reading),
    })),
    attempts: attempts.map(({ write, attempt }) => ({
      write,
      attempt,
      expected: allowsAttempt({ rules, claims, db: rows }, attempt) ? 'allowed' : 'denied',
    })),
  }));
}

type Found = Omit<Disagreement, 'enforcer'>;

/** Asks an enforcer, and adds it to those that have to leave: enforcers may share a database. */
async function askEnforcer(
  world: World,
  questions: readonly Questions[],
  enforcer: Enforcer,
  entered: EnteredWorld[],
): Promise<Found | undefined> {
  const place = await enforcer.enter(world).catch(asError);
  // No question is to blame: the first one is reported.
  if (place instanceof Error) return failure(questions, place);
  entered.push(place);
  for (const asked of questions) {
    const found = (await askReadings(place, asked)) ?? (await askAttempts(place, asked));
    if (found) return found;
  }
  return undefined;
}

function failure(questions: readonly Questions[], error: unknown): Found {
  const [asked] = questions;
  const [first] = asked?.readings ?? [];
  const [attempt] = asked?.attempts ?? [];
  if (asked && first)
    return {
      claims: asked.claims,
      question: first,
      expected: first.expected,
      said: asError(error),
    };
  if (asked && attempt)
    return {
      claims: asked.claims,
      question: attempt,
      expected: attempt.expected,
      said: asError(error),
    };
  throw error;
}

async function askReadings(
  entered: EnteredWorld,
  { claims, readings }: Questions,
): Promise<Found | undefined> {
  if (!entered.read || readings.length === 0) return undefined;
  const answers = await entered
    .read(
      claims,
      readings.map(({ reading }) => reading),
    )
    .catch(asError);
  for (const [at, { reading, expected }] of readings.entries()) {
    const said = answers instanceof Error ? answers : (answers[at] ?? new Error('no answer'));
    if (isDeepStrictEqual(said, expected)) continue;
    return { claims, question: { reading }, expected, said };
  }
  return undefined;
}

async function askAttempts(
  entered: EnteredWorld,
  { claims, attempts }: Questions,
): Promise<Found | undefined> {
  if (!entered.write || attempts.length === 0) return undefined;
  const verdicts = await entered
    .write(
      claims,
      attempts.map(({ attempt }) => attempt),
    )
    .catch(asError);
  for (const [at, { write, attempt, expected }] of attempts.entries()) {
    const said = verdicts instanceof Error ? verdicts : (verdicts[at] ?? new Error('no verdict'));
    if (said === expected || said === 'unasked') continue;
    return { claims, question: { write, attempt }, expected, said };
  }
  return undefined;
}

const asError = (error: unknown): Error =>
  error instanceof Error ? error : new Error(String(error));
