/** Browsers skip these checks, as in refuse-unsound.browser.ts: they run when a schema is built. */
export function refuseNoColumn(): void {}

export function refuseNoColumns(): void {}

export function refuseNoTable(): void {}

export function refuseUnknown(): void {}

export function refuseImmutable(): void {}
