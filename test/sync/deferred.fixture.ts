/** Tables with deferred constraints, which Postgres checks at COMMIT. */
export const DEFERRED = `
  create table promised (
    id integer primary key,
    later integer not null
      constraint promised_fk references promised (id) deferrable initially deferred);
  create table watched (note text);
  create function refuse_note() returns trigger language plpgsql as $$
    begin raise exception 'the note % is not wanted', new.note; end $$;
  create constraint trigger watch after insert on watched deferrable initially deferred
    for each row execute function refuse_note();`;
