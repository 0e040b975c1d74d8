import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

const themes = {
  light: { colorScheme: 'light', forcedColors: 'none' },
  dark: { colorScheme: 'dark', forcedColors: 'none' },
  contrast: { colorScheme: 'dark', forcedColors: 'active' },
} as const

/** Fails with the rule and the elements when axe finds anything on the page, in light, dark or forced colours. */
export async function expectAccessible(page: Page): Promise<void> {
  for (const [theme, media] of Object.entries(themes)) {
    await page.emulateMedia(media)
    // Legacy mode: Electron cannot open the extra page that axe would otherwise work in.
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
    const findings = violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
    )
    expect(findings, `axe in ${theme}`).toEqual([])
  }
  await page.emulateMedia({ colorScheme: null, forcedColors: null })
}
