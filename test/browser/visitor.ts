import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';

/** A user with a separate browser context. */
export interface Visitor {
  readonly page: Page;
  /** Errors and warnings of the console. */
  readonly complaints: readonly string[];
  go(path: string): Promise<void>;
  signIn(as: 'user' | 'admin', name: string): Promise<void>;
  signOut(): Promise<void>;
  /** Waits until the element is visible. */
  sees(what: Locator): Promise<void>;
  /** Waits until the element is not visible. */
  misses(what: Locator): Promise<void>;
  /** Disconnects or reconnects the network, including open sockets. */
  setOffline(isOffline: boolean): Promise<void>;
  close(): Promise<void>;
}

/** On two busy cores a first sync takes seconds. */
const PATIENCE = 30_000;

/** Opens a new browser context. */
export async function openVisitor(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<Visitor> {
  const context = await browser.newContext({ baseURL: url, locale: 'en-GB', ...options });
  context.setDefaultTimeout(PATIENCE);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  return {
    page,
    complaints,
    go: async (path) => {
      await page.goto(path);
      await page.getByRole('heading', { level: 1 }).waitFor();
    },
    signIn: async (as, name) => {
      await page.getByRole('banner').getByRole('button', { name: 'Sign in' }).click();
      const dialog = page.getByRole('dialog', { name: 'Sign in' });
      if (as === 'admin') await dialog.getByRole('radio', { name: 'An admin' }).check();
      await dialog.getByRole('textbox', { name: 'Name' }).fill(name);
      await dialog.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('button', { name: 'Sign out' }).waitFor();
    },
    signOut: async () => {
      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.getByRole('banner').getByRole('button', { name: 'Sign in' }).waitFor();
    },
    sees: (what) => what.first().waitFor(),
    misses: (what) => what.first().waitFor({ state: 'hidden' }),
    setOffline: (isOffline) => context.setOffline(isOffline),
    close: () => context.close(),
  };
}
