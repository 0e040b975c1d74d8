import { expect, type Page } from '@playwright/test'
import { findOverflow } from './overflow.ts'

/** The size the window opens with, the whole of a small Remote Desktop, and what a text size of 200 % leaves of it. */
const sizes = [
  { width: 1024, height: 720 },
  { width: 1024, height: 768 },
  { width: 512, height: 384 },
] as const

/** Fails when the page itself scrolls at one of the sizes it is made for, or its text is cut off at the side. */
export async function expectFits(page: Page): Promise<void> {
  for (const size of sizes) {
    await page.setViewportSize(size)
    await page.waitForFunction(({ width, height }) => innerWidth === width && innerHeight === height, size)
    const findings = await page.evaluate(findOverflow, size.width >= 1024)
    expect(findings, `what does not fit at ${size.width}×${size.height}`).toEqual([])
  }
  await page.setViewportSize(sizes[0])
}
