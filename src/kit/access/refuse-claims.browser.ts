/**
 * Browsers skip these checks, because the build of the schema runs them (see
 * refuse-unsound.browser.ts).
 */
export function refuseClaimType(): void {}

export function refuseClaimPath(): void {}
