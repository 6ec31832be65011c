/**
 * Security headers for all responses of the stack. The page connects to zero-cache on another port.
 */
export function securityHeaders(cacheUrls: readonly string[]): Readonly<Record<string, string>> {
  // A page that loads before zero-cache runs gets its port later.
  const caches = cacheUrls.length === 0 ? ['http://127.0.0.1:*'] : cacheUrls;
  const connections = caches.flatMap((url) => [url, url.replace(/^http/, 'ws')]);
  const policy = {
    'default-src': ["'none'"],
    'script-src': ["'self'"],
    'style-src': ["'self'"],
    'img-src': ["'self'", 'data:'],
    'font-src': ["'self'"],
    'manifest-src': ["'self'"],
    'connect-src': ["'self'", ...connections],
    'base-uri': ["'none'"],
    'form-action': ["'none'"],
    'frame-ancestors': ["'none'"],
  };
  return {
    'content-security-policy': Object.entries(policy)
      .map(([directive, sources]) => `${directive} ${sources.join(' ')}`)
      .join('; '),
    'x-frame-options': 'DENY',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
  };
}
