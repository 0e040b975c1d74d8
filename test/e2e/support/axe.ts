import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

const themes = {
  light: { colorScheme: 'light', forcedColors: 'none' },
  dark: { colorScheme: 'dark', forcedColors: 'none' },
  contrast: { colorScheme: 'dark', forcedColors: 'active' },
} as const

/** What a theme can change; the rest is the same in each. */
const ofColour = ['color-contrast', 'link-in-text-block']

/**
 * Fails with the rule and the elements when axe finds anything on the page, in light, dark or forced colours. All of
 * axe's usual rules, which go beyond WCAG 2.2 AA, and the one of 2.2 that it leaves out by itself.
 */
export async function expectAccessible(page: Page): Promise<void> {
  for (const [theme, media] of Object.entries(themes)) {
    await page.emulateMedia(media)
    const shown = `(prefers-color-scheme: ${media.colorScheme}) and (forced-colors: ${media.forcedColors})`
    await page.waitForFunction((query) => matchMedia(query).matches, shown)
    // The program follows when it has heard of the change; only then do the colours begin to change.
    await page.waitForFunction(
      (scheme) => document.documentElement.dataset['theme'] === scheme,
      media.colorScheme,
    )
    // Half-way between two colours contrast is neither the one nor the other's.
    await page.waitForFunction(() =>
      document
        .getAnimations()
        .every((each) => !(each instanceof CSSTransition) || each.playState !== 'running'),
    )
    // Legacy mode: Electron cannot open the extra page that axe would otherwise work in.
    const axe = new AxeBuilder({ page }).setLegacyMode(true)
    if (theme === 'light') axe.options({ rules: { 'target-size': { enabled: true } } })
    else axe.withRules(ofColour)
    const { violations } = await axe.analyze()
    const findings = violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
    )
    expect(findings, `axe in ${theme}`).toEqual([])
  }
  await page.emulateMedia({ colorScheme: null, forcedColors: null })
}
