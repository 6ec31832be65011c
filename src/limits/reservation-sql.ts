import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import { qualifiedName, quoted } from '../postgres/qualified-name.ts';
import type { BudgetTable, ReservationTable } from './reservation-tables.ts';

/** The statements of reservations. Each is one statement, so it has its effect once or not at all. */
export interface ReservationSql {
  readonly hold: string;
  readonly settle: string;
  readonly release: string;
  readonly expire: string;
}

const MOST_EXPIRED = 1000;

export function reservationSql(budgets: BudgetTable, holds: ReservationTable): ReservationSql {
  const budget = (column: 'id' | 'total' | 'spent' | 'held'): string =>
    quoted((budgets[column] as AnyPgColumn).name);
  const own = (column: keyof ReservationTable & string): string =>
    quoted((holds[column] as AnyPgColumn).name);
  const [onBudgets, onHolds] = [qualifiedName(budgets), qualifiedName(holds)];
  const free = `b.${budget('total')} - b.${budget('spent')} - b.${budget('held')}`;
  const [id, budgetId, amount, state] = [own('id'), own('budgetId'), own('amount'), own('state')];

  /** Locks the reservation first and its budget second, as all statements do. */
  const end = (to: string, from: string, settled: string, spent: string): string => `with old as (
  select h.${id} as id, h.${budgetId} as budget, h.${amount} as amount, h.${state} as state
  from ${onHolds} h where h.${id} = $1::text::uuid for update
), done as (
  update ${onHolds} h set ${state} = '${to}'${settled} from old
  where h.${id} = old.id and old.state in (${from})
  returning old.budget, case old.state when 'held' then old.amount else 0 end as freed
), paid as (
  update ${onBudgets} b set ${budget('held')} = b.${budget('held')} - done.freed${spent}
  from done where b.${budget('id')} = done.budget
)
select case when exists (select from done) then '${to}' else (select state from old) end as state,
  exists (select from done) as changed`;

  return {
    hold: `with seen as (
  select h.${state} as state, h.${budgetId} = $2::text::uuid and h.${amount} = $3::text::numeric as same
  from ${onHolds} h where h.${id} = $1::text::uuid
), booked as (
  update ${onBudgets} b set ${budget('held')} = b.${budget('held')} + $3::text::numeric
  where b.${budget('id')} = $2::text::uuid and ${free} >= $3::text::numeric
    and not exists (select from seen)
  returning b.${budget('id')} as budget, ${free} as free
), made as (
  insert into ${onHolds} (${id}, ${budgetId}, ${amount}, ${state}, ${own('expiresAt')}, ${own('createdAt')})
  select $1::text::uuid, budget, $3::text::numeric, 'held',
    statement_timestamp() + $4::text::float8 * interval '1 millisecond', statement_timestamp()
  from booked
  returning ${state} as state
)
select (select state from seen) as seen, (select same from seen) as same,
  (select state from made) as made,
  coalesce((select free from booked), (
    select ${free} from ${onBudgets} b where b.${budget('id')} = $2::text::uuid))::text as free`,
    settle: end(
      'settled',
      "'held', 'expired'",
      `, ${own('settled')} = $2::text::numeric`,
      `, ${budget('spent')} = b.${budget('spent')} + $2::text::numeric`,
    ),
    release: end('released', "'held'", '', ''),
    expire: `with late as (
  select h.${id} as id, h.${budgetId} as budget, h.${amount} as amount from ${onHolds} h
  where h.${state} = 'held' and h.${own('expiresAt')} <= statement_timestamp()
  order by h.${own('expiresAt')} limit ${MOST_EXPIRED} for update skip locked
), gone as (
  update ${onHolds} h set ${state} = 'expired' from late where h.${id} = late.id
  returning late.budget, late.amount
), sums as (
  select budget, sum(amount) as amount from gone group by budget
), locked as materialized (
  select b.${budget('id')} as id from ${onBudgets} b
  where b.${budget('id')} in (select budget from sums) order by b.${budget('id')} for update
), freed as (
  update ${onBudgets} b set ${budget('held')} = b.${budget('held')} - sums.amount
  from sums join locked on locked.id = sums.budget where b.${budget('id')} = sums.budget
)
select count(*)::text as count from gone`,
  };
}
