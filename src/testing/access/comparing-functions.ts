/**
 * Functions that run many statements in one round trip, which would take most of the time.
 * `attempt` runs writes one by one and undoes each; the verdict is `allowed` if a row was
 * affected, `denied` after a permission error, and otherwise the error. `ask` and `rows`
 * return the rows of queries, `run` those of prepared queries.
 */
export const COMPARING = `create schema if not exists comparing;
grant usage on schema comparing to public;
create or replace function comparing.attempt(statements text[], are_calls boolean default false) returns text[] language plpgsql as $$
declare
  verdicts text[] := '{}';
  statement text;
  touched bigint;
begin
  foreach statement in array statements loop
    begin
      if are_calls then
        -- A function that returns the number of affected rows.
        execute statement into touched;
      else
        execute statement;
        get diagnostics touched = row_count;
      end if;
      if touched > 0 then
        raise exception using errcode = 'UNDO0';
      end if;
      -- Nothing to undo, and an exception costs more than most statements.
      verdicts := verdicts || 'denied'::text;
    exception
      when sqlstate 'UNDO0' then
        verdicts := verdicts || 'allowed'::text;
      when insufficient_privilege then
        verdicts := verdicts || 'denied'::text;
      when unique_violation then
        -- Postgres looks into the index only when every policy has let the row pass.
        verdicts := verdicts || 'allowed'::text;
      when others then
        verdicts := verdicts || (sqlstate || ' ' || sqlerrm);
    end;
  end loop;
  return verdicts;
end
$$;
create or replace function comparing.rows(statements text[]) returns jsonb language plpgsql as $$
declare
  answers jsonb := '[]';
  statement text;
  answer jsonb;
begin
  foreach statement in array statements loop
    execute 'select coalesce(jsonb_agg(to_jsonb("~row")), ''[]'') from (' || statement || ') as "~row"'
      into answer;
    answers := answers || jsonb_build_array(answer);
  end loop;
  return answers;
end
$$;
create or replace function comparing.run(before text[], calls text[]) returns jsonb language plpgsql as $$
declare
  answers jsonb := '[]';
  statement text;
  answer jsonb;
begin
  foreach statement in array before loop
    execute statement;
  end loop;
  foreach statement in array calls loop
    execute statement into answer;
    answers := answers || jsonb_build_array(answer);
  end loop;
  return answers;
end
$$;
create or replace function comparing.ask(queries text[]) returns jsonb language plpgsql as $$
declare
  answers jsonb := '[]';
  query text;
  answer jsonb;
begin
  foreach query in array queries loop
    begin
      execute query into answer;
      answers := answers || jsonb_build_array(answer);
    exception
      when insufficient_privilege then
        answers := answers || '[[]]'::jsonb;
    end;
  end loop;
  return answers;
end
$$`;
