import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { grove } from '../plant-grove.ts';
import type { Scenario } from '../scenario.ts';

/** The focused element: its role and name as a selector, and whether the focus is visible. */
const focused = (page: Page): Promise<{ readonly text: string; readonly isSeen: boolean }> =>
  page.evaluate(() => {
    const element = document.activeElement ?? document.body;
    const style = getComputedStyle(element);
    const ring = getComputedStyle(element.querySelector('rect') ?? element);
    const after = getComputedStyle(element, '::after');
    const outlined = (one: CSSStyleDeclaration): boolean =>
      one.outlineStyle !== 'none' && parseFloat(one.outlineWidth) > 0;
    return {
      text: element.getAttribute('aria-label') ?? element.textContent.trim(),
      isSeen: outlined(style) || outlined(after) || parseFloat(ring.strokeWidth) >= 3,
    };
  });

/** Presses Tab until the element has the focus. The focus must be visible at each stop. */
async function tabTo(page: Page, text: string): Promise<void> {
  for (let turn = 0; turn < 60; turn += 1) {
    await page.keyboard.press('Tab');
    const now = await focused(page);
    assert.ok(now.isSeen, `the focus on “${now.text}” is not to be seen`);
    if (now.text === text) return;
  }
  assert.fail(`Tab does not lead to “${text}”`);
}

export const keyboardScenarios: readonly Scenario[] = [
  {
    name: 'with only the keyboard: sign in, search, open a package, go back, tag it',
    async run({ visit }) {
      const { page, go, sees } = await visit();
      const { keyboard } = page;
      await go('/');
      await tabTo(page, 'Sign in');
      await keyboard.press('Enter');
      await sees(page.getByRole('dialog', { name: 'Sign in' }));
      await keyboard.press('Tab');
      await keyboard.type('Mia');
      await keyboard.press('Enter');
      await sees(page.getByText('Mia'));

      await keyboard.press('/');
      await keyboard.type('grove-h');
      await sees(page.getByText('1 package', { exact: true }));
      await keyboard.press('ArrowDown');
      await keyboard.press('Enter');
      await sees(page.getByRole('heading', { level: 1, name: grove.hub }));
      assert.equal((await focused(page)).text, grove.hub, 'the heading has the focus');

      await page.goBack();
      await sees(page.getByRole('list', { name: 'Packages' }));
      assert.equal(await page.getByRole('searchbox').inputValue(), 'grove-h');
      const back = await focused(page);
      assert.match(back.text, /^grove-hub/, 'the link that was followed has the focus again');
      assert.ok(back.isSeen);
      await keyboard.press('Enter');

      await page.getByRole('heading', { level: 1, name: grove.hub }).waitFor();
      await page.getByRole('option', { name: 'moss' }).waitFor({ state: 'attached' });
      await page.getByRole('link', { name: 'grove-000, needed' }).waitFor();
      await tabTo(page, 'A tag for this package');
      await keyboard.type('moss');
      await keyboard.press('Tab');
      await keyboard.press('Enter');
      await sees(page.getByRole('button', { name: 'Remove the tag moss' }));
      await tabTo(page, 'grove-000, needed, 1 away');
      await keyboard.press('Enter');
      await sees(page.getByRole('heading', { level: 1, name: 'grove-000' }));
    },
  },
];
