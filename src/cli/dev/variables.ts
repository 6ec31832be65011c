import type { DevAddresses } from '../../command/dev-target.ts';
import { DEV_ISSUER } from '../../endpoints/dev/dev-identity.ts';

interface Secrets {
  readonly jwksUrl: string;
  readonly appID: string;
  readonly apiKey: string;
}

/** The environment variables of the server and of the page's command. */
export function variablesOf(
  { url, cacheUrls, databaseUrl, signInUrl }: DevAddresses,
  { jwksUrl, appID, apiKey }: Secrets,
): Readonly<Record<string, string>> {
  const shared = {
    ZERO_URL: cacheUrls[0] ?? '',
    API_URL: url,
    SIGN_IN_URL: signInUrl,
  };
  return {
    DATABASE_URL: databaseUrl,
    ZERO_API_KEY: apiKey,
    ZERO_APP_ID: appID,
    AUTH_JWKS_URL: jwksUrl,
    AUTH_ISSUER: DEV_ISSUER,
    AUTH_AUDIENCE: DEV_ISSUER,
    ...shared,
    // Vite shows a page only variables with this prefix.
    ...Object.fromEntries(Object.entries(shared).map(([name, value]) => [`VITE_${name}`, value])),
  };
}
