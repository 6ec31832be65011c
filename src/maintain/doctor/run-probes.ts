import type { Fault } from './doctor-check.ts';
import type { Patient } from './patient.ts';
import { refusal } from './refusal.ts';

/** The faults that their probes have confirmed, and the objects that could not be read. */
interface Probed {
  readonly found: readonly Fault[];
  readonly unread: readonly { readonly object: string | null; readonly reason: string }[];
}

/** Probes in one statement. A round trip for each would take most of the time. */
const TOGETHER = 100;

/** Runs the probes of faults. One that fails does not prevent the others. */
export async function runProbes(
  patient: Patient,
  faults: readonly Fault[],
  settings: string,
): Promise<Probed> {
  const found: Fault[] = [];
  const unread: Probed['unread'][number][] = [];
  const probe = async (some: readonly Fault[]): Promise<void> => {
    const probes = some.map((one, at) => `(${one.probe}) as p${at}`).join(',\n');
    try {
      const [row] = await patient.query<Record<string, string | null>>(
        `select ${probes}`,
        settings,
      );
      some.forEach((fault, at) => {
        const evidence = row?.[`p${at}`] ?? null;
        if (evidence !== null) found.push({ ...fault, evidence });
      });
    } catch (error) {
      const reason = refusal(error);
      const [only] = some;
      if (some.length > 1) for (const one of some) await probe([one]);
      else if (only) unread.push({ object: only.object, reason });
    }
  };
  for (let at = 0; at < faults.length; at += TOGETHER) await probe(faults.slice(at, at + TOGETHER));
  return { found, unread };
}
