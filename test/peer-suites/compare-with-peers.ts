import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openScratch } from '../../src/postgres/open-scratch.ts';
import { peerRules } from '../check/peer-rules.fixture.ts';
import { includedRules, reasonOf } from './disagreements.ts';
import { judgeCase } from './judge-case.ts';
import { judgeSplinter } from './judge-splinter.ts';
import type { PeerCase, PeerVerdict } from './peer-case.ts';
import { readIncludedCases, readPglsCases } from './read-pgls-cases.ts';
import { readSquawkCases } from './read-squawk-cases.ts';

/** The cases of other tools, compared with our rules. */
export interface Comparison {
  readonly verdicts: readonly PeerVerdict[];
  /** The rules that we leave to the tools, with the number of their cases. */
  readonly left: ReadonlyMap<string, number>;
  /** Disagreements without a reason. */
  readonly unexplained: readonly PeerVerdict[];
}

/** Runs the cases of the checkouts in a folder. */
export async function compareWithPeers(folder: string): Promise<Comparison> {
  const verdicts: PeerVerdict[] = [];
  const left = new Map<string, number>();
  const leave = (tool: string, rule: string): void => {
    const name = `${tool} ${rule}`;
    left.set(name, (left.get(name) ?? 0) + 1);
  };
  const splinter = join(folder, 'splinter');
  if (existsSync(splinter)) {
    for (const { peer, id, rules } of peerRules) {
      if (peer === 'splinter' && rules.length === 0) leave(peer, id);
    }
    verdicts.push(...(await judgeSplinter(splinter, (rule) => codesOf('splinter', rule))));
  }
  const database = await openScratch([]);
  try {
    for (const one of casesIn(folder)) {
      const codes = codesOf(one.tool, one.rule);
      if (codes.length === 0) leave(one.tool, one.rule);
      else verdicts.push(await judgeCase(one, codes, database));
    }
  } finally {
    await database.close();
  }
  const unexplained = verdicts.filter((verdict) => differs(verdict) && !reasonOf(verdict));
  return { verdicts, left, unexplained };
}

export const differs = ({ of, ours }: PeerVerdict): boolean =>
  ours !== undefined && ours !== of.reported;

function casesIn(folder: string): readonly PeerCase[] {
  const squawk = join(folder, 'squawk');
  const pgls = join(folder, 'postgres-language-server');
  return [
    ...(existsSync(squawk) ? readSquawkCases(squawk) : []),
    ...(existsSync(pgls) ? [...readPglsCases(pgls), ...readIncludedCases(pgls)] : []),
  ];
}

function codesOf(tool: string, rule: string): readonly string[] {
  const included = includedRules[rule];
  if (included !== undefined) return included;
  const known = peerRules.find(({ peer, id }) => peer === tool && id === rule);
  if (known === undefined) throw new Error(`peer-rules.fixture.ts lacks ${tool} ${rule}`);
  return known.rules;
}
