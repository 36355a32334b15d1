// What interviews say together: nothing at first, then a point with its values, a topic to practise, and the way to practise it.
import { alive, expectAccessible, picture } from '../support/checks.ts';
import { finished, signedUp } from '../support/people.ts';
import { DESKTOP, expect, PHONE, test } from '../support/test.ts';
import { texts } from '../support/texts.ts';

const say = texts('ko');

test('from the first interview to the topic to practise next', async ({ page }) => {
  await signedUp(page);
  await page.goto('/interviews');
  await alive(page);
  await page.locator('.site-header .wide').getByRole('link', { name: say('ui.nav_progress'), exact: true }).click();
  await expect(page).toHaveURL('/progress');
  await expect(page.getByRole('heading', { level: 1, name: say('progress.title') })).toBeVisible();
  await expect(page.getByText(say('progress.empty'))).toBeVisible();
  await expect(page.getByText(say('progress.streak_begins'))).toBeVisible();
  await expect(page.getByRole('link', { name: say('progress.start') })).toHaveAttribute('href', '/interviews/new');

  // One question fully explained, one or two skipped.
  const id = await finished(page, 'ko', { topics: ['os'] });
  await page.reload();
  await alive(page);
  await expect(page.getByText(say('progress.practised_today'))).toBeVisible();
  await expect(page.locator('.week .practised')).toHaveCount(1);
  await expect(page.locator('.week [aria-current="date"]')).toHaveClass(/practised/);
  await expect(page.getByText(say('progress.one_point'))).toBeVisible();

  await test.step('a point says its values to keys and to pointers', async () => {
    const points = page.locator('.chart .point');
    await expect(points).toHaveCount(1);
    const label = await points.first().getAttribute('aria-label');
    expect(label).toContain(say('words.band_practise'));
    await points.first().focus();
    await expect(points.first()).toBeFocused();
    await expect(page.locator('.readout')).toContainText(label ?? 'no label');
    await expect(page.locator('.readout a')).toHaveAttribute('href', `/interviews/${id}/report`);
  });

  await test.step('the table has the same values', async () => {
    await page.getByText(say('progress.as_table')).click();
    await expect(page.getByRole('table', { name: say('progress.table_caption') }).locator('tbody tr')).toHaveCount(1);
    await picture(page, 'progress/one-interview');
  });

  await test.step('with a second interview the points can be compared', async () => {
    await finished(page, 'ko', { topics: ['os'] });
    await page.reload();
    await alive(page);
    const points = page.locator('.chart .point');
    await expect(points).toHaveCount(2);
    await expect(page.locator('.chart .trend')).toHaveCount(1);
    await expect(points.nth(1)).toHaveClass(/shown/);
    await points.nth(0).hover();
    await expect(points.nth(0)).toHaveClass(/shown/);
    await expect(page.locator('.readout a')).toHaveAttribute('href', `/interviews/${id}/report`);
    await picture(page, 'progress/two-interviews');
  });

  await test.step('a field and a topic stand in the address', async () => {
    await page.getByRole('navigation', { name: say('progress.field') }).getByRole('link', { name: say('words.field_cs') }).click();
    await expect(page).toHaveURL('/progress?field=cs');
    await page.getByRole('navigation', { name: say('progress.topic') }).getByRole('link', { name: '운영체제' }).click();
    await expect(page).toHaveURL('/progress?field=cs&topic=os');
    await expect(page.locator('.chart .point')).toHaveCount(2);
    await page.reload();
    await alive(page);
    await expect(page.locator('.picks [aria-current="true"]')).toHaveText([say('words.field_cs'), '운영체제']);
    await page.goto('/progress?field=frontend');
    await expect(page.getByText(say('progress.empty_choice'))).toBeVisible();
  });

  await test.step('the weakest topic leads to an interview on it', async () => {
    await page.goto('/progress');
    await alive(page);
    const topic = page.locator('.profiles li').first();
    await expect(topic).toContainText('운영체제');
    await topic.getByRole('link').click();
    await expect(page).toHaveURL('/interviews/new?field=cs&topic=os');
    await expect(page.getByRole('radio', { name: say('words.field_cs') })).toBeChecked();
    await expect(page.getByRole('checkbox', { name: '운영체제' })).toBeChecked();
    await expect(page.getByRole('checkbox', { checked: true })).toHaveCount(1);
    await expect(page.getByRole('button', { name: say('setup.start'), exact: true })).toBeEnabled();
  });
});

for (const [name, screen] of Object.entries({ phone: PHONE, desktop: DESKTOP })) {
  test.describe(name, () => {
    test.use(screen);
    test('no letter of the chart shrinks, and its values can be reached by Tab alone', async ({ page }) => {
      await signedUp(page);
      await finished(page, 'ko', { topics: ['os'] });
      await finished(page, 'ko', { topics: ['network'] });
      await page.goto('/progress');
      await alive(page);
      const sizes = await page
        .locator('.chart li, .chart span, .chart figcaption, .calendar th, .calendar td')
        .evaluateAll((elements) => elements.map((element) => parseFloat(getComputedStyle(element).fontSize)));
      expect(Math.min(...sizes)).toBeGreaterThanOrEqual(12);
      await page.locator('.picks a').last().focus();
      await page.keyboard.press('Tab');
      await expect(page.locator('.chart .point').nth(0)).toBeFocused();
      await expect(page.locator('.chart .point').nth(0)).toHaveClass(/shown/);
      await page.keyboard.press('Tab');
      await expect(page.locator('.chart .point').nth(1)).toHaveClass(/shown/);
      await expectAccessible(page);
    });
  });
}
