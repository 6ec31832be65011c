/** Browsers skip these checks, as in refuse-unsound.browser.ts: they run when a schema is built. */
export function refuseClaimType(): void {}

export function refuseClaimPath(): void {}
