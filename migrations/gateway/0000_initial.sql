CREATE TYPE "public"."user_role" AS ENUM('admin', 'manager', 'developer', 'analyst', 'viewer', 'guest');--> statement-breakpoint
CREATE TABLE "audit_logs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"action" text COLLATE "C" NOT NULL,
	"actor_id" uuid,
	"target_id" uuid,
	"tenant_id" uuid,
	"details" jsonb,
	"timestamp" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "audit_logs_action_check" CHECK ("audit_logs"."action" ~ '^[a-z_]+(\.[a-z_]+)+$' and char_length("audit_logs"."action") <= 64),
	CONSTRAINT "audit_logs_details_check" CHECK (jsonb_typeof("audit_logs"."details") = 'object' and octet_length("audit_logs"."details"::text) <= 16384 and not jsonb_path_exists("audit_logs"."details", '$.**{9 to last}') and not jsonb_path_exists("audit_logs"."details", '$.** ? (@ > 1.7976931348623157e+308 || @ < -1.7976931348623157e+308)'))
);
--> statement-breakpoint
ALTER TABLE "audit_logs" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "mcp_server_tools" (
	"id" uuid PRIMARY KEY NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"server_id" uuid NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"description" text,
	"input_schema" jsonb,
	CONSTRAINT "mcp_server_tools_server_id_name_unique" UNIQUE("server_id","name"),
	CONSTRAINT "mcp_server_tools_name_check" CHECK ("mcp_server_tools"."name" ~ '^[0-9A-Za-z_./-]+$' and char_length("mcp_server_tools"."name") <= 128),
	CONSTRAINT "mcp_server_tools_description_check" CHECK (char_length("mcp_server_tools"."description") <= 2000),
	CONSTRAINT "mcp_server_tools_input_schema_check" CHECK (jsonb_typeof("mcp_server_tools"."input_schema") = 'object' and octet_length("mcp_server_tools"."input_schema"::text) <= 65536 and not jsonb_path_exists("mcp_server_tools"."input_schema", '$.**{33 to last}') and not jsonb_path_exists("mcp_server_tools"."input_schema", '$.** ? (@ > 1.7976931348623157e+308 || @ < -1.7976931348623157e+308)'))
);
--> statement-breakpoint
ALTER TABLE "mcp_server_tools" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "mcp_server_versions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"server_id" uuid NOT NULL,
	"version" text COLLATE "C" NOT NULL,
	"is_latest" boolean NOT NULL,
	"status" text COLLATE "C" NOT NULL,
	"changes" text,
	CONSTRAINT "mcp_server_versions_server_id_version_unique" UNIQUE("server_id","version"),
	CONSTRAINT "mcp_server_versions_version_check" CHECK ("mcp_server_versions"."version" ~ '^[0-9A-Za-z][0-9A-Za-z.+-]*$' and char_length("mcp_server_versions"."version") <= 64),
	CONSTRAINT "mcp_server_versions_status_check" CHECK ("mcp_server_versions"."status" in ('active', 'deprecated', 'deleted')),
	CONSTRAINT "mcp_server_versions_changes_check" CHECK (char_length("mcp_server_versions"."changes") <= 10000)
);
--> statement-breakpoint
ALTER TABLE "mcp_server_versions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "mcp_servers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"url" text COLLATE "C" NOT NULL,
	"tenant_id" uuid NOT NULL,
	"description" text,
	"transport" text COLLATE "C" NOT NULL,
	"timeout_ms" integer NOT NULL,
	"configuration" jsonb,
	"metadata" jsonb,
	"status" text COLLATE "C" NOT NULL,
	"is_public" boolean NOT NULL,
	"last_health_check" timestamp (3) with time zone,
	"expires_at" timestamp (3) with time zone,
	"created_by" uuid,
	CONSTRAINT "mcp_servers_tenant_id_name_unique" UNIQUE("tenant_id","name"),
	CONSTRAINT "mcp_servers_valid_url_check" CHECK ("mcp_servers"."url" ~ E'^https?:\\/\\/[!#-\x3b=?-~]+$' and char_length("mcp_servers"."url") <= 2048),
	CONSTRAINT "mcp_servers_positive_timeout_check" CHECK ("mcp_servers"."timeout_ms" >= 1),
	CONSTRAINT "mcp_servers_valid_date_range_check" CHECK ("mcp_servers"."expires_at" > "mcp_servers"."created_at"),
	CONSTRAINT "mcp_servers_transport_check" CHECK ("mcp_servers"."transport" in ('streamable-http', 'sse')),
	CONSTRAINT "mcp_servers_status_check" CHECK ("mcp_servers"."status" in ('active', 'inactive', 'maintenance')),
	CONSTRAINT "mcp_servers_name_check" CHECK ("mcp_servers"."name" ~ '[^\u0009-\u000d\u0020\u0085\u00a0\u1680\u2000-\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]' and char_length("mcp_servers"."name") <= 100 and "mcp_servers"."name" !~ '[\u0000-\u001f\u007f-\u009f]'),
	CONSTRAINT "mcp_servers_description_check" CHECK (char_length("mcp_servers"."description") <= 2000),
	CONSTRAINT "mcp_servers_configuration_check" CHECK (jsonb_typeof("mcp_servers"."configuration") = 'object' and octet_length("mcp_servers"."configuration"::text) <= 65536 and not jsonb_path_exists("mcp_servers"."configuration", '$.**{17 to last}') and not jsonb_path_exists("mcp_servers"."configuration", '$.** ? (@ > 1.7976931348623157e+308 || @ < -1.7976931348623157e+308)')),
	CONSTRAINT "mcp_servers_metadata_check" CHECK (jsonb_typeof("mcp_servers"."metadata") = 'object' and octet_length("mcp_servers"."metadata"::text) <= 65536 and not jsonb_path_exists("mcp_servers"."metadata", '$.**{17 to last}') and not jsonb_path_exists("mcp_servers"."metadata", '$.** ? (@ > 1.7976931348623157e+308 || @ < -1.7976931348623157e+308)'))
);
--> statement-breakpoint
ALTER TABLE "mcp_servers" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "organization_request_hours" (
	"tenant_id" uuid NOT NULL,
	"hour" timestamp (3) with time zone NOT NULL,
	"count" integer NOT NULL,
	"error_count" integer NOT NULL,
	"sum" bigint NOT NULL,
	"min" integer,
	"max" integer,
	"histogram" integer[] NOT NULL,
	CONSTRAINT "organization_request_hours_tenant_id_hour_pk" PRIMARY KEY("tenant_id","hour")
);
--> statement-breakpoint
ALTER TABLE "organization_request_hours" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "organizations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"slug" text COLLATE "C" NOT NULL,
	"created_by" uuid,
	CONSTRAINT "organizations_slug_unique" UNIQUE("slug"),
	CONSTRAINT "organizations_name_check" CHECK ("organizations"."name" ~ '[^\u0009-\u000d\u0020\u0085\u00a0\u1680\u2000-\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]' and char_length("organizations"."name") <= 100 and "organizations"."name" !~ '[\u0000-\u001f\u007f-\u009f]'),
	CONSTRAINT "organizations_slug_check" CHECK ("organizations"."slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and char_length("organizations"."slug") <= 64)
);
--> statement-breakpoint
ALTER TABLE "organizations" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "roles" (
	"id" uuid PRIMARY KEY NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"name" "user_role" NOT NULL,
	"description" text NOT NULL,
	CONSTRAINT "roles_name_unique" UNIQUE("name"),
	CONSTRAINT "roles_description_check" CHECK (char_length("roles"."description") <= 500)
);
--> statement-breakpoint
ALTER TABLE "roles" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "server_health_checks" (
	"id" uuid PRIMARY KEY NOT NULL,
	"server_id" uuid NOT NULL,
	"status" text COLLATE "C" NOT NULL,
	"status_code" integer,
	"response_time" integer,
	"error" text,
	"checked_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "server_health_checks_status_check" CHECK ("server_health_checks"."status" in ('healthy', 'degraded', 'unreachable')),
	CONSTRAINT "server_health_checks_status_code_check" CHECK ("server_health_checks"."status_code" between 100 and 599),
	CONSTRAINT "server_health_checks_response_time_check" CHECK ("server_health_checks"."response_time" >= 0),
	CONSTRAINT "server_health_checks_error_check" CHECK (char_length("server_health_checks"."error") <= 1000)
);
--> statement-breakpoint
ALTER TABLE "server_health_checks" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "server_request_days" (
	"tenant_id" uuid NOT NULL,
	"server_id" uuid NOT NULL,
	"day" timestamp (3) with time zone NOT NULL,
	"count" integer NOT NULL,
	"error_count" integer NOT NULL,
	"sum" bigint NOT NULL,
	"min" integer,
	"max" integer,
	"histogram" integer[] NOT NULL,
	CONSTRAINT "server_request_days_server_id_tenant_id_day_pk" PRIMARY KEY("server_id","tenant_id","day")
);
--> statement-breakpoint
ALTER TABLE "server_request_days" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "server_request_hours" (
	"tenant_id" uuid NOT NULL,
	"server_id" uuid NOT NULL,
	"hour" timestamp (3) with time zone NOT NULL,
	"count" integer NOT NULL,
	"error_count" integer NOT NULL,
	"sum" bigint NOT NULL,
	"min" integer,
	"max" integer,
	"histogram" integer[] NOT NULL,
	CONSTRAINT "server_request_hours_server_id_tenant_id_hour_pk" PRIMARY KEY("server_id","tenant_id","hour")
);
--> statement-breakpoint
ALTER TABLE "server_request_hours" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "server_requests" (
	"id" uuid NOT NULL,
	"server_id" uuid NOT NULL,
	"tenant_id" uuid NOT NULL,
	"user_id" uuid,
	"method" text NOT NULL,
	"tool_name" text,
	"status_code" integer NOT NULL,
	"response_time" integer NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "server_requests_id_created_at_pk" PRIMARY KEY("id","created_at"),
	CONSTRAINT "server_requests_method_check" CHECK ("server_requests"."method" ~ '[^\u0009-\u000d\u0020\u0085\u00a0\u1680\u2000-\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]' and char_length("server_requests"."method") <= 64 and "server_requests"."method" !~ '[\u0000-\u001f\u007f-\u009f]'),
	CONSTRAINT "server_requests_tool_name_check" CHECK (char_length("server_requests"."tool_name") <= 128),
	CONSTRAINT "server_requests_status_code_check" CHECK ("server_requests"."status_code" between 100 and 599),
	CONSTRAINT "server_requests_response_time_check" CHECK ("server_requests"."response_time" >= 0)
) PARTITION BY RANGE ("created_at");
--> statement-breakpoint
ALTER TABLE "server_requests" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"user_id" uuid NOT NULL,
	"token_hash" text NOT NULL,
	"token_prefix" text NOT NULL,
	"token_expires_at" timestamp (3) with time zone NOT NULL,
	"token_used_at" timestamp (3) with time zone,
	"previous_token_hash" text,
	"previous_token_until" timestamp (3) with time zone,
	CONSTRAINT "sessions_token_hash_unique" UNIQUE("token_hash"),
	CONSTRAINT "sessions_previous_token_hash_unique" UNIQUE("previous_token_hash"),
	CONSTRAINT "sessions_token_hash_check" CHECK ("sessions"."token_hash" ~ '^[A-Za-z0-9_-]{43}$'),
	CONSTRAINT "sessions_previous_token_hash_check" CHECK ("sessions"."previous_token_hash" ~ '^[A-Za-z0-9_-]{43}$')
);
--> statement-breakpoint
ALTER TABLE "sessions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "user_preferences" (
	"id" uuid PRIMARY KEY NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"user_id" uuid NOT NULL,
	"theme" text COLLATE "C" NOT NULL,
	"notifications" boolean NOT NULL,
	CONSTRAINT "user_preferences_user_id_unique" UNIQUE("user_id"),
	CONSTRAINT "user_preferences_theme_check" CHECK ("user_preferences"."theme" in ('light', 'dark', 'system'))
);
--> statement-breakpoint
ALTER TABLE "user_preferences" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "users" (
	"id" uuid PRIMARY KEY NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"email" text COLLATE "C" NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"role" "user_role" NOT NULL,
	"role_id" uuid,
	"password_hash" text,
	CONSTRAINT "users_email_unique" UNIQUE("email"),
	CONSTRAINT "users_email_check" CHECK ("users"."email" ~ '^[^\u0001-\u0020\u007f@A-Z]+@[^\u0001-\u0020\u007f@A-Z]+$' and char_length("users"."email") <= 254),
	CONSTRAINT "users_name_check" CHECK ("users"."name" ~ '[^\u0009-\u000d\u0020\u0085\u00a0\u1680\u2000-\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]' and char_length("users"."name") <= 100 and "users"."name" !~ '[\u0000-\u001f\u007f-\u009f]'),
	CONSTRAINT "users_password_hash_check" CHECK (char_length("users"."password_hash") <= 255)
);
--> statement-breakpoint
ALTER TABLE "users" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "users_organizations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"organization_id" uuid NOT NULL,
	"role" "user_role" NOT NULL,
	"joined_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "users_organizations_user_id_organization_id_unique" UNIQUE("user_id","organization_id")
);
--> statement-breakpoint
ALTER TABLE "users_organizations" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "mcp_server_tools" ADD CONSTRAINT "fk_mcp_server_tools_server_id_mcp_servers" FOREIGN KEY ("server_id") REFERENCES "public"."mcp_servers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mcp_server_versions" ADD CONSTRAINT "fk_mcp_server_versions_server_id_mcp_servers" FOREIGN KEY ("server_id") REFERENCES "public"."mcp_servers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mcp_servers" ADD CONSTRAINT "fk_mcp_servers_tenant_id_organizations" FOREIGN KEY ("tenant_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mcp_servers" ADD CONSTRAINT "fk_mcp_servers_created_by_users" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organizations" ADD CONSTRAINT "fk_organizations_created_by_users" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "server_health_checks" ADD CONSTRAINT "fk_server_health_checks_server_id_mcp_servers" FOREIGN KEY ("server_id") REFERENCES "public"."mcp_servers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "fk_sessions_user_id_users" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "user_preferences" ADD CONSTRAINT "fk_user_preferences_user_id_users" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "fk_users_role_id_roles" FOREIGN KEY ("role_id") REFERENCES "public"."roles"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "users_organizations" ADD CONSTRAINT "fk_users_organizations_user_id_users" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "users_organizations" ADD CONSTRAINT "fk_users_organizations_organization_id_organizations" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "idx_audit_logs_tenant_id_timestamp_id" ON "audit_logs" USING btree ("tenant_id","timestamp" DESC NULLS FIRST,"id" DESC NULLS FIRST) WHERE "audit_logs"."tenant_id" is not null;--> statement-breakpoint
CREATE INDEX "idx_audit_logs_target_id_timestamp_id" ON "audit_logs" USING btree ("target_id","timestamp" DESC NULLS FIRST,"id" DESC NULLS FIRST) WHERE "audit_logs"."target_id" is not null;--> statement-breakpoint
CREATE INDEX "idx_audit_logs_actor_id_timestamp_id" ON "audit_logs" USING btree ("actor_id","timestamp" DESC NULLS FIRST,"id" DESC NULLS FIRST) WHERE "audit_logs"."actor_id" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "idx_mcp_server_versions_server_id" ON "mcp_server_versions" USING btree ("server_id") WHERE "mcp_server_versions"."is_latest";--> statement-breakpoint
CREATE UNIQUE INDEX "idx_mcp_servers_tenant_id_url" ON "mcp_servers" USING btree ("tenant_id","url") WHERE "mcp_servers"."status" = 'active';--> statement-breakpoint
CREATE INDEX "idx_mcp_servers_tenant_id_status_id" ON "mcp_servers" USING btree ("tenant_id","status","id");--> statement-breakpoint
CREATE INDEX "idx_mcp_servers_tenant_id_created_at_id" ON "mcp_servers" USING btree ("tenant_id","created_at","id");--> statement-breakpoint
CREATE INDEX "idx_mcp_servers_created_at_id" ON "mcp_servers" USING btree ("created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST) WHERE "mcp_servers"."is_public";--> statement-breakpoint
CREATE INDEX "idx_mcp_servers_last_health_check_id" ON "mcp_servers" USING btree ("last_health_check" NULLS FIRST,"id") WHERE "mcp_servers"."status" = 'active';--> statement-breakpoint
CREATE INDEX "idx_mcp_servers_expires_at_id" ON "mcp_servers" USING btree ("expires_at","id") WHERE "mcp_servers"."expires_at" is not null;--> statement-breakpoint
CREATE INDEX "idx_mcp_servers_created_by" ON "mcp_servers" USING btree ("created_by") WHERE "mcp_servers"."created_by" is not null;--> statement-breakpoint
CREATE INDEX "idx_mcp_servers_configuration" ON "mcp_servers" USING gin ("configuration" jsonb_path_ops);--> statement-breakpoint
CREATE INDEX "idx_mcp_servers_search" ON "mcp_servers" USING gin (to_tsvector('english'::regconfig, name || ' '::text || coalesce(description, ''::text)));--> statement-breakpoint
CREATE INDEX "idx_organizations_created_by" ON "organizations" USING btree ("created_by") WHERE "organizations"."created_by" is not null;--> statement-breakpoint
CREATE INDEX "idx_server_health_checks_server_id_checked_at_id" ON "server_health_checks" USING btree ("server_id","checked_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "idx_server_request_days_tenant_id_day" ON "server_request_days" USING btree ("tenant_id","day") INCLUDE ("server_id","count","sum");--> statement-breakpoint
CREATE INDEX "idx_server_request_hours_tenant_id_hour" ON "server_request_hours" USING btree ("tenant_id","hour") INCLUDE ("server_id","count","sum");--> statement-breakpoint
CREATE INDEX "idx_server_requests_server_id_created_at" ON "server_requests" USING btree ("server_id","created_at") INCLUDE ("response_time","status_code");--> statement-breakpoint
CREATE INDEX "idx_server_requests_tenant_id_created_at_id" ON "server_requests" USING btree ("tenant_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "idx_sessions_user_id_token_expires_at" ON "sessions" USING btree ("user_id","token_expires_at");--> statement-breakpoint
CREATE INDEX "idx_sessions_token_expires_at" ON "sessions" USING btree ("token_expires_at");--> statement-breakpoint
CREATE INDEX "idx_users_role_created_at_id" ON "users" USING btree ("role","created_at","id");--> statement-breakpoint
CREATE INDEX "idx_users_created_at_id" ON "users" USING btree ("created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "idx_users_role_id" ON "users" USING btree ("role_id") WHERE "users"."role_id" is not null;--> statement-breakpoint
CREATE INDEX "idx_users_organizations_organization_id_role_id" ON "users_organizations" USING btree ("organization_id","role","id");--> statement-breakpoint
CREATE VIEW "public"."index_usage_summary" WITH (security_invoker = true) AS (select schemaname::text as schemaname, relname::text as tablename,
  indexrelname::text as indexname, idx_scan as index_scans, idx_tup_read as tuples_read,
  idx_tup_fetch as tuples_fetched, pg_size_pretty(pg_relation_size(indexrelid)) as index_size
from pg_stat_user_indexes
order by idx_scan desc);--> statement-breakpoint
CREATE VIEW "public"."performance_monitoring" WITH (security_invoker = true) AS (select schemaname::text as schemaname, relname::text as tablename,
  pg_size_pretty(pg_total_relation_size(relid)) as size,
  n_live_tup as row_count, n_dead_tup as dead_rows, last_vacuum, last_autovacuum
from pg_stat_user_tables
order by pg_total_relation_size(relid) desc);--> statement-breakpoint
CREATE VIEW "public"."slow_queries" WITH (security_invoker = true) AS (select pid, usename::text as rolename, application_name,
  extract(epoch from clock_timestamp() - query_start)::double precision as seconds,
  wait_event_type || ': ' || wait_event as waits_for, query
from pg_stat_activity
where datname = current_database() and state = 'active' and pid <> pg_backend_pid()
  and query_start < clock_timestamp() - interval '1 second'
order by query_start);--> statement-breakpoint
CREATE VIEW "public"."slow_tables" WITH (security_invoker = true) AS (select schemaname::text as schemaname, relname::text as tablename,
  seq_scan as full_scans, seq_tup_read as rows_read, seq_tup_read / seq_scan as rows_per_scan,
  coalesce(idx_scan, 0) as index_scans
from pg_stat_user_tables
where seq_scan > 0
order by seq_tup_read desc);--> statement-breakpoint
CREATE VIEW "public"."unused_indexes" WITH (security_invoker = true) AS (select space.nspname::text as schemaname, tables.relname::text as tablename,
  class.relname::text as indexname, pg_size_pretty(used.size) as index_size,
  pg_get_indexdef(class.oid) as definition
from (
  select coalesce(pg_partition_root(indexrelid), indexrelid) as oid, sum(idx_scan) as scans,
    sum(pg_relation_size(indexrelid))::bigint as size
  from pg_stat_user_indexes group by 1
) as used
join pg_index as one on one.indexrelid = used.oid
join pg_class as class on class.oid = used.oid
join pg_class as tables on tables.oid = one.indrelid
join pg_namespace as space on space.oid = tables.relnamespace
where used.scans = 0 and not one.indisunique and not one.indisexclusion and not one.indisreplident
order by used.size desc);