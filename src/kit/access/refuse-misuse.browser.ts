/**
 * Browsers skip these checks, because the build of the schema runs them (see
 * refuse-unsound.browser.ts).
 */
export function refuseNoColumn(): void {}

export function refuseNoColumns(): void {}

export function refuseNoTable(): void {}

export function refuseUnknown(): void {}

export function refuseImmutable(): void {}
