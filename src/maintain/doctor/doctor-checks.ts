import { autovacuum } from './checks/autovacuum.ts';
import { bloat } from './checks/bloat.ts';
import { bypassingMember } from './checks/bypassing-member.ts';
import { cacheHits } from './checks/cache-hits.ts';
import { clearTextSecret } from './checks/clear-text-secret.ts';
import { collationVersion } from './checks/collation-version.ts';
import { connections } from './checks/connections.ts';
import { duplicateKey } from './checks/duplicate-key.ts';
import { lockWait } from './checks/lock-wait.ts';
import { longTransaction } from './checks/long-transaction.ts';
import { orphanedRow } from './checks/orphaned-row.ts';
import { publicDefiner } from './checks/public-definer.ts';
import { publicGrant } from './checks/public-grant.ts';
import { publication } from './checks/publication.ts';
import { replicationSlot } from './checks/replication-slot.ts';
import { rlsOff } from './checks/rls-off.ts';
import { sequence } from './checks/sequence.ts';
import { sequentialScans } from './checks/sequential-scans.ts';
import { serverVersion } from './checks/server-version.ts';
import { standbyLag } from './checks/standby-lag.ts';
import { tls } from './checks/tls.ts';
import { trustedLogin } from './checks/trusted-login.ts';
import { unusedIndex } from './checks/unused-index.ts';
import { violatedCheck } from './checks/violated-check.ts';
import { weakPassword } from './checks/weak-password.ts';
import { wraparound } from './checks/wraparound.ts';
import type { DoctorCheck } from './doctor-check.ts';

/** All checks, by group. */
export const DOCTOR_CHECKS: readonly DoctorCheck[] = [
  serverVersion,
  connections,
  replicationSlot,
  standbyLag,
  publication,
  longTransaction,
  lockWait,
  wraparound,
  autovacuum,
  cacheHits,
  violatedCheck,
  orphanedRow,
  duplicateKey,
  sequence,
  collationVersion,
  unusedIndex,
  bloat,
  sequentialScans,
  rlsOff,
  publicGrant,
  publicDefiner,
  bypassingMember,
  weakPassword,
  trustedLogin,
  tls,
  clearTextSecret,
];
