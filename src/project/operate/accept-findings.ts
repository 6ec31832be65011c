import type { DoctorFinding } from '../../maintain/doctor/examine.ts';
import type { AcceptedFinding } from './doctor-config.ts';

/** A finding that the settings accept. */
export type Accepted = DoctorFinding & { readonly reason: string };

/** Separates the findings that the settings accept. `public.` may be omitted in an object. */
export function acceptFindings(
  findings: readonly DoctorFinding[],
  settings: readonly AcceptedFinding[],
): { readonly kept: readonly DoctorFinding[]; readonly accepted: readonly Accepted[] } {
  const reasonFor = ({ code, object = '' }: DoctorFinding): string | undefined =>
    settings.find(
      (one) =>
        one.rule === code &&
        (one.object === undefined || [one.object, `public.${one.object}`].includes(object)),
    )?.reason;
  return {
    kept: findings.filter((finding) => reasonFor(finding) === undefined),
    accepted: findings.flatMap((finding) => {
      const reason = reasonFor(finding);
      return reason === undefined ? [] : [{ ...finding, reason }];
    }),
  };
}
