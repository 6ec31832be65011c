-- Made by `garden generate` from the definitions.
do $$
begin
  if exists (select from pg_available_extensions where name = 'pg_trgm') then
    create extension if not exists "pg_trgm";
  end if;
end
$$;
