import { DOCTOR_CHECKS } from '../../maintain/doctor/doctor-checks.ts';
import type { DoctorGroup } from '../../maintain/doctor/doctor-check.ts';
import { DOCTOR_LIMITS } from '../../maintain/doctor/doctor-limits.ts';
import { INVALID_OBJECTS } from '../../maintain/doctor/invalid-objects.ts';
import { quoteText } from '../../model/quote-sql.ts';

/**
 * The body of a function that returns the faults of a group, with the checks of `garden doctor`.
 * A check that fails, for example for lack of a privilege, is a row with the severity `unknown`.
 */
export function faultsBody(group: DoctorGroup): string {
  const checks = DOCTOR_CHECKS.filter((one) => one.group === group).map(
    ({ code, sql, withoutIndexes = false }) => block(code, sql(DOCTOR_LIMITS), withoutIndexes),
  );
  const others =
    group === 'integrity' ? [block('doctor/invalid-object', INVALID_OBJECTS, false)] : [];
  return `#variable_conflict use_column
declare
  fault record;
  seen text;
begin
${[...checks, ...others].join('\n')}
end`;
}

const block = (code: string, sql: string, withoutIndexes: boolean): string => {
  const indexes = withoutIndexes ? 'off' : 'on';
  return `  begin
    perform set_config(name, '${indexes}', true) from unnest(array['enable_indexscan', 'enable_indexonlyscan', 'enable_bitmapscan']) as name;
    for fault in select * from (${sql}) as faults (severity, object, message, evidence, fix, probe)
    loop
      seen := fault.evidence;
      if fault.probe is not null then
        execute fault.probe into seen;
        continue when seen is null;
      end if;
      return query select ${quoteText(code)}, fault.severity::text, fault.object::text, fault.message::text, seen, fault.fix::text;
    end loop;
  exception when others then
    return query select ${quoteText(code)}, 'unknown', null::text, sqlerrm, null::text, null::text;
  end;`;
};
