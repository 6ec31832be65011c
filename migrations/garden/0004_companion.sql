-- Made by `garden generate` from the definitions.
drop policy if exists "access_insert" on "public"."package_dependencies";
--> statement-breakpoint
create policy "access_insert" on "public"."package_dependencies" as permissive for insert to "garden_user"
with check (('worker' = any ((select "access"."claim_texts"('{"roles"}'))::text[]) and (exists (select from "public"."packages" as "~1" where "~1"."id" = "package_dependencies"."package_id" offset 0) or null) is not null));
--> statement-breakpoint
drop policy if exists "access_insert" on "public"."package_versions";
--> statement-breakpoint
create policy "access_insert" on "public"."package_versions" as permissive for insert to "garden_user"
with check (('worker' = any ((select "access"."claim_texts"('{"roles"}'))::text[]) and (exists (select from "public"."packages" as "~1" where "~1"."id" = "package_versions"."package_id" offset 0) or null) is not null));
