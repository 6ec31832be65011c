import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { lowContrast } from '../low-contrast.ts';
import { namelessControls } from '../nameless-controls.ts';
import { grove } from '../plant-grove.ts';
import { poll } from '../poll.ts';
import type { Scenario } from '../scenario.ts';

const PATHS = [
  '/',
  '/?q=nothing-begins-so',
  `/package/jsr/${grove.hub}`,
  '/package/jsr/grove-000',
  '/package/npm/not-here',
  '/requests',
  '/admin',
  '/admin/deleted',
  '/admin/tags',
  '/nowhere',
];

const PHONE = { width: 375, height: 720 };

const settled = async (page: Page): Promise<void> => {
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.getByText('Loading …').first().waitFor({ state: 'hidden' });
};

const look = (scheme: 'light' | 'dark'): Scenario => ({
  name: `every view on a phone, ${scheme}: no horizontal scrolling, accessible names, contrast`,
  async run({ visit }) {
    const { page, go, signIn } = await visit({ viewport: PHONE, colorScheme: scheme });
    await go('/');
    await signIn('admin', 'Somebody with quite a long name');
    for (const path of PATHS) {
      await go(path);
      await settled(page);
      const over = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      assert.equal(over, 0, `${path} is ${over} px wider than a phone`);
      assert.deepEqual(await namelessControls(page), [], path);
      assert.deepEqual(await page.evaluate(lowContrast), [], path);
      assert.equal(await page.getByRole('main').count(), 1, path);
      assert.equal(await page.getByRole('heading', { level: 1 }).count(), 1, path);
    }
    const ground = await page.evaluate(
      () => getComputedStyle(document.documentElement).backgroundColor,
    );
    const [red = 0] = (ground.match(/\d+/g) ?? []).map(Number);
    assert.equal(red > 128, scheme === 'light', `${scheme} is ${ground}`);
  },
});

export const lookScenarios: readonly Scenario[] = [
  look('light'),
  look('dark'),
  {
    name: 'rows of a list are aligned: tags on one line, times and buttons below each other',
    async run({ visit, garden: { sql } }) {
      await sql`
        insert into package_tags (id, package_id, tag_id, created_by, created_at)
        select gen_random_uuid(), p.id, t.id, (select id from account limit 1), now()
        from packages p, tags t
        where p.name = 'grove-050' and t.slug in ('evergreen', 'fern', 'moss')`;
      const { page, go, signIn, sees } = await visit({ viewport: { width: 1280, height: 800 } });
      /** Start and end positions of the parts of a list. */
      const edges = (what: string) =>
        page.locator(what).evaluateAll((parts) =>
          parts.map((part) => {
            const { left, right, top } = part.getBoundingClientRect();
            return { left: Math.round(left), right: Math.round(right), top: Math.round(top) };
          }),
        );
      await go('/?q=grove-05');
      await sees(page.locator('.package-row').getByText('fern'));
      const tags = await edges('.package-row .tag');
      assert.equal(tags.length, 3);
      assert.equal(new Set(tags.map(({ top }) => top)).size, 1);
      const names = await edges('.package-row .package-name');
      const times = await edges('.package-row .quiet-text');
      assert.equal(new Set(times.map(({ right }) => right)).size, 1);
      for (const [at, { top }] of times.entries()) {
        assert.ok(Math.abs(top - (names[at]?.top ?? 0)) < 8, `row ${at} has its time below`);
      }
      await signIn('admin', 'Rosa');
      await page.setViewportSize(PHONE);
      await go('/admin/tags');
      await sees(page.getByRole('button', { name: 'Delete fern' }));
      const changes = await edges('.request .button:not(.danger)');
      const deletes = await edges('.request .button.danger');
      assert.equal(new Set(changes.map(({ left }) => left)).size, 1);
      assert.deepEqual(
        deletes.map(({ top }) => top),
        changes.map(({ top }) => top),
      );
    },
  },
  {
    name: 'no animation with reduced motion; screen readers announce results',
    async run({ visit, garden: { sql } }) {
      const { page, go, signIn, sees } = await visit({ reducedMotion: 'reduce' });
      await go('/');
      assert.equal(await page.locator('.count').getAttribute('aria-live'), 'polite');
      await signIn('user', 'Paul');
      await go('/requests');
      await page.getByRole('textbox', { name: 'Package' }).fill('slow-mover');
      await page.getByRole('button', { name: 'Request it' }).click();
      await page.getByText('waiting').waitFor();
      await poll(
        () => sql`
          update package_requests set status = 'fetching'
          where package_name = 'slow-mover' returning id`,
      );
      await sees(page.getByText('being fetched'));
      const moving = await page.evaluate(() =>
        [...document.querySelectorAll('*')].flatMap((element) =>
          ['', '::before', '::after'].flatMap((part) => {
            const style = getComputedStyle(element, part || null);
            const lasts = style.transitionDuration.split(', ').some((one) => parseFloat(one) > 0);
            return lasts || style.animationName !== 'none' ? [element.outerHTML.slice(0, 80)] : [];
          }),
        ),
      );
      assert.deepEqual(moving, []);
    },
  },
];
