-- Made by `garden generate` from the definitions.
drop policy if exists "access_insert" on "public"."package_versions";
--> statement-breakpoint
drop policy if exists "access_insert" on "public"."package_dependencies";
