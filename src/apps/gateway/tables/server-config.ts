import type { JsonObject } from '../../../kit/index.ts';

/** How the gateway calls a server. Members of the organization see it, so it holds no secrets. */
export type ServerConfig = {
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Repetitions of a failed request. */
  readonly retries?: number | undefined;
  readonly rateLimitPerMinute?: number | undefined;
  /** What the server offers: tools, resources, prompts. */
  readonly capabilities?: readonly string[] | undefined;
};

/** Extensible data about a server. Narrow it with a Zod schema of your own. */
export type ServerMetadata = JsonObject;
