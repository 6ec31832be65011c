import { companionSql, type CompanionStatement } from '../../../kit/index.ts';

const NAME = 'public.keep_updated_at()';

/** After `touch_updated_at` by name, so that it sees the time that the trigger sets. */
const trigger = (table: string): CompanionStatement => ({
  key: `trigger "public"."${table}" updated_at_forward`,
  create: `create or replace trigger updated_at_forward before update on "public"."${table}"
for each row when (new.updated_at < old.updated_at) execute function ${NAME};`,
  drop: `drop trigger if exists updated_at_forward on "public"."${table}";`,
  on: `"public"."${table}"`,
});

/** Clients set `updated_at`, and their clocks differ. It never moves back all the same. */
export const steadyTime = companionSql(
  {
    key: `function ${NAME}`,
    create: `create or replace function ${NAME} returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.updated_at := old.updated_at;
  return new;
end
$$;`,
    drop: `drop function if exists ${NAME};`,
  },
  ...['categories', 'packages', 'users'].map(trigger),
);
