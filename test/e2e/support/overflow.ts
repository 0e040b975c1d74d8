/**
 * What does not fit at the size of the window, in words. Runs in the page, so it stands for itself: nothing from outside.
 * @param whole nothing may scroll but lists; otherwise the page may scroll down, never sideways
 */
export function findOverflow(whole: boolean): string[] {
  const { scrollWidth, scrollHeight } = document.documentElement
  const found: string[] = []
  if (scrollWidth > innerWidth + 1) found.push(`the page is ${scrollWidth} wide`)
  if (whole && scrollHeight > innerHeight + 1) found.push(`the page is ${scrollHeight} high`)
  const nameOf = (part: Element) =>
    `${part.tagName.toLowerCase()}.${part.className} “${(part.textContent ?? '').slice(0, 40)}”`
  const parts = document.querySelectorAll(
    'main *, header *, nav *, aside *, footer *, dialog[open], dialog[open] *',
  )
  for (const part of parts) {
    if (part.matches('input, .visually-hidden, .visually-hidden *, svg, svg *')) continue
    const { overflowX } = getComputedStyle(part)
    if (overflowX !== 'visible' && part.scrollWidth > part.clientWidth + 1)
      found.push(`${nameOf(part)} is cut off at its side`)
    // What a box lets out is drawn over its neighbours, or past the edge of the window.
    const box = part.closest('.card, .dialog, .footer, .layer, .rail, .titlebar')?.getBoundingClientRect()
    const own = part.getBoundingClientRect()
    if (box === undefined || own.width === 0) continue
    if (own.left < box.left - 1 || own.right > box.right + 1)
      found.push(`${nameOf(part)} stands out of its box`)
  }
  return found
}
