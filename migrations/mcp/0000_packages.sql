CREATE TABLE "packages" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"description" text NOT NULL,
	"language" text COLLATE "C" NOT NULL,
	"setup_prompt" text,
	"tags" text[] NOT NULL,
	"relevant_files_pattern" text[] NOT NULL,
	"metadata" jsonb NOT NULL,
	"words" "tsvector" GENERATED ALWAYS AS (setweight(to_tsvector('english', name), 'A') || setweight(to_tsvector('english', description), 'B')) STORED,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "packages_user_id_name_unique" UNIQUE("user_id","name"),
	CONSTRAINT "packages_name_check" CHECK ("packages"."name" ~ '[^\u0009-\u000d\u0020\u0085\u00a0\u1680\u2000-\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]' and char_length("packages"."name") <= 200 and "packages"."name" !~ '[\u0000-\u001f\u007f-\u009f]'),
	CONSTRAINT "packages_description_check" CHECK ("packages"."description" ~ '[^\u0009-\u000d\u0020\u0085\u00a0\u1680\u2000-\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]' and char_length("packages"."description") <= 2000),
	CONSTRAINT "packages_language_check" CHECK ("packages"."language" ~ '[^\u0009-\u000d\u0020\u0085\u00a0\u1680\u2000-\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]' and char_length("packages"."language") <= 64 and "packages"."language" !~ '[\u0000-\u001f\u007f-\u009f]'),
	CONSTRAINT "packages_setup_prompt_check" CHECK (char_length("packages"."setup_prompt") <= 20000),
	CONSTRAINT "packages_tags_check" CHECK (case when coalesce(array_ndims("packages"."tags"), 1) = 1 and coalesce(array_lower("packages"."tags", 1), 1) = 1 and cardinality("packages"."tags") <= 50 and array_position("packages"."tags", null) is null and ("packages"."tags"::varchar(64)[])::text[] = "packages"."tags" then not jsonb_path_exists(jsonb_object("packages"."tags", "packages"."tags"), '$.* ? (!(@ like_regex "[^\\u0009-\\u000d\\u0020\\u0085\\u00a0\\u1680\\u2000-\\u200f\\u2028\\u2029\\u202f\\u205f\\u2060\\u3000\\ufeff]"))') else "packages"."tags" is null end),
	CONSTRAINT "packages_relevant_files_pattern_check" CHECK (case when coalesce(array_ndims("packages"."relevant_files_pattern"), 1) = 1 and coalesce(array_lower("packages"."relevant_files_pattern", 1), 1) = 1 and cardinality("packages"."relevant_files_pattern") <= 100 and array_position("packages"."relevant_files_pattern", null) is null and ("packages"."relevant_files_pattern"::varchar(256)[])::text[] = "packages"."relevant_files_pattern" then not jsonb_path_exists(jsonb_object("packages"."relevant_files_pattern", "packages"."relevant_files_pattern"), '$.* ? (!(@ like_regex "[^\\u0009-\\u000d\\u0020\\u0085\\u00a0\\u1680\\u2000-\\u200f\\u2028\\u2029\\u202f\\u205f\\u2060\\u3000\\ufeff]"))') else "packages"."relevant_files_pattern" is null end),
	CONSTRAINT "packages_metadata_check" CHECK (jsonb_typeof("packages"."metadata") = 'object' and octet_length("packages"."metadata"::text) <= 65536 and not jsonb_path_exists("packages"."metadata", '$.**{17 to last}') and not jsonb_path_exists("packages"."metadata", '$.** ? (@ > 1.7976931348623157e+308 || @ < -1.7976931348623157e+308)'))
);
--> statement-breakpoint
ALTER TABLE "packages" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "users" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "users_name_check" CHECK ("users"."name" ~ '[^\u0009-\u000d\u0020\u0085\u00a0\u1680\u2000-\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]' and char_length("users"."name") <= 100 and "users"."name" !~ '[\u0000-\u001f\u007f-\u009f]')
);
--> statement-breakpoint
ALTER TABLE "users" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "packages" ADD CONSTRAINT "fk_packages_user_id_users" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "idx_packages_user_id_language_id" ON "packages" USING btree ("user_id","language","id");--> statement-breakpoint
CREATE INDEX "idx_packages_user_id_created_at_id" ON "packages" USING btree ("user_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "idx_packages_user_id_updated_at_id" ON "packages" USING btree ("user_id","updated_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "idx_packages_tags" ON "packages" USING gin ("tags");--> statement-breakpoint
CREATE INDEX "idx_packages_metadata" ON "packages" USING gin ("metadata" jsonb_path_ops);--> statement-breakpoint
CREATE INDEX "idx_packages_words" ON "packages" USING gin ("words");