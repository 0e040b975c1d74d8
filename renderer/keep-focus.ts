import { useEffect } from 'react'

const focusable = 'button, input, select, textarea, summary, a[href], [tabindex="0"]'

/** Milliseconds in which the part that changed may place the focus itself, such as a new page on its heading. */
const grace = 100

/**
 * Keeps the place of who works by keys: when the focused control goes, such as a button that is no longer needed, the
 * first one of what stood around it takes the focus. The browser would begin again at the top of the window.
 */
export function useKeptFocus(): void {
  useEffect(() => {
    /** The control that had the focus last, then what it stood in, from the inside out. */
    let trail: readonly Element[] = []
    const remember = ({ target }: FocusEvent) => {
      trail = target instanceof Element ? around(target) : []
    }
    // Left on purpose, such as by a click beside it: nothing to keep. Some browsers say the same of one that went.
    const forget = ({ target }: FocusEvent) =>
      queueMicrotask(() => {
        if (target instanceof Element && target.isConnected && target === trail[0]) trail = []
      })
    const find = () => {
      if (document.activeElement !== document.body || trail[0]?.isConnected !== false) return
      for (const part of trail) {
        const control = [...part.querySelectorAll<HTMLElement>(focusable)].find((one) =>
          one.checkVisibility(),
        )
        if (part.isConnected && control !== undefined) return control.focus()
      }
    }
    const observer = new MutationObserver(() => {
      if (trail[0]?.isConnected === false) setTimeout(find, grace)
    })
    observer.observe(document.body, { childList: true, subtree: true })
    addEventListener('focusin', remember)
    addEventListener('focusout', forget)
    return () => {
      observer.disconnect()
      removeEventListener('focusin', remember)
      removeEventListener('focusout', forget)
    }
  }, [])
}

function around(element: Element): Element[] {
  const parts: Element[] = []
  for (let part: Element | null = element; part !== null; part = part.parentElement) parts.push(part)
  return parts
}
