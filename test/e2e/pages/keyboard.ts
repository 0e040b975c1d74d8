import { expect, type Locator, type Page } from '@playwright/test'

/** Far more stops than any page has. */
const MANY = 80

/** Works the wizard by keys alone, and sees to it that the one who does can see where the focus is. */
export class Keyboard {
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
  }

  press(key: string): Promise<void> {
    return this.#page.keyboard.press(key)
  }

  /** Tabs to a control. */
  async tabTo(target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
    await this.#tabTo(target, key, () => Promise.resolve())
  }

  /** Tabs to a control; every stop on the way is on the screen and looks other with the focus than without. */
  async tabInSightTo(target: Locator): Promise<void> {
    await this.#tabTo(target, 'Tab', () => this.#expectInSight())
  }

  async #tabTo(target: Locator, key: string, atStop: () => Promise<void>): Promise<void> {
    await expect(target).toBeVisible()
    for (let presses = 0; presses < MANY; presses += 1) {
      if (await target.evaluate((element) => element === document.activeElement)) return
      await this.press(key)
      await atStop()
    }
    throw new Error(`${String(target)} cannot be reached with ${key}.`)
  }

  async #expectInSight(): Promise<void> {
    const stop = this.#page.locator(':focus')
    const name = await stop.evaluate((element) => element.outerHTML.slice(0, 160))
    await expect(stop, name).toBeInViewport()
    // The card around a radio button shows its focus.
    const box = await stop.evaluate((element) => {
      const { x, y, width, height } = (element.closest('label') ?? element).getBoundingClientRect()
      return { x, y, width, height }
    })
    const size = this.#page.viewportSize() ?? { width: 1024, height: 720 }
    const clip = around(box, size)
    const focused = await this.#page.screenshot({ clip, animations: 'disabled' })
    const element = await stop.elementHandle()
    await element?.evaluate((node) => (node as HTMLElement).blur())
    const left = await this.#page.screenshot({ clip, animations: 'disabled' })
    await element?.focus()
    expect(focused.equals(left), `The focus cannot be seen on ${name}`).toBe(false)
  }
}

interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** A control with the few pixels around it in which its outline may be drawn, as far as they are on the screen. */
function around(box: Box, size: { readonly width: number; readonly height: number }): Box {
  const x = Math.max(0, box.x - 4)
  const y = Math.max(0, box.y - 4)
  const width = Math.min(size.width, box.x + box.width + 4) - x
  const height = Math.min(size.height, box.y + box.height + 4) - y
  return { x, y, width, height }
}
