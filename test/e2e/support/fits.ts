import { expect, type Page } from '@playwright/test'
import { findOverflow } from './overflow.ts'

/** The size the window opens with, the whole of a small Remote Desktop, and what a text size of 200 % leaves of it. */
const sizes = [
  { width: 1024, height: 720 },
  { width: 1024, height: 768 },
  { width: 512, height: 384 },
] as const

/**
 * Waits until the page is drawn at its new size and nothing on it is half-way any more; a second at most, for an animation
 * may be said to run that nothing moves. Runs in the page.
 */
async function comeToRest(): Promise<void> {
  const drawn = () => new Promise((resolve) => requestAnimationFrame(resolve))
  const rest = async () => {
    await drawn()
    // Set off by the first frame, such as by an observer of sizes, and drawn with the second.
    await drawn()
    const ending = document
      .getAnimations()
      .filter(({ playState }) => playState === 'running')
      .filter(({ effect }) => Number.isFinite(effect?.getComputedTiming().endTime))
    await Promise.allSettled(ending.map(({ finished }) => finished))
  }
  await Promise.race([rest(), new Promise((resolve) => setTimeout(resolve, 1000))])
}

/** Fails when the page itself scrolls at one of the sizes it is made for, or its text is cut off at the side. */
export async function expectFits(page: Page): Promise<void> {
  for (const size of sizes) {
    await page.setViewportSize(size)
    await page.waitForFunction(({ width, height }) => innerWidth === width && innerHeight === height, size)
    await page.evaluate(comeToRest)
    const findings = await page.evaluate(findOverflow, size.width >= 1024)
    expect(findings, `what does not fit at ${size.width}×${size.height}`).toEqual([])
  }
  await page.setViewportSize(sizes[0])
}
