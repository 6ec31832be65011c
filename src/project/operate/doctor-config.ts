import type { DoctorLimits } from '../../maintain/doctor/doctor-limits.ts';

/** The settings of `garden doctor`. */
export interface DoctorConfig {
  /** Findings that are accepted, each with the reason. */
  readonly ignore?: readonly AcceptedFinding[];
  /** The values from which on a check reports; the others keep their defaults. */
  readonly limits?: Partial<DoctorLimits>;
}

export interface AcceptedFinding {
  /** The code of the finding: `doctor/unused-index`. */
  readonly rule: string;
  /** The object of the finding: `notes.idx_notes_title`. Without it, all findings of the code. */
  readonly object?: string;
  readonly reason: string;
}
