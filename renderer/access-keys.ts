import { useEffect } from 'react'

/**
 * Alt and a letter presses the button that has it as its `aria-keyshortcuts`, as in the wizards of Windows; not while a
 * dialog asks something. Not the browser's own access keys: they ask for Latin letters, which other keyboards do not type.
 */
export function useAccessKeys(): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      // The key for further characters counts as Alt together with Ctrl.
      if (!event.altKey || event.ctrlKey || event.shiftKey || event.metaKey) return
      if (document.querySelector('dialog[open]') !== null) return
      const letter = /^[a-z]$/i.test(event.key) ? event.key : event.code.replace(/^Key/, '')
      const button = document.querySelector<HTMLElement>(
        `[aria-keyshortcuts="${CSS.escape(keysOf(letter))}"]`,
      )
      if (button === null) return
      event.preventDefault()
      button.click()
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [])
}

/** As `aria-keyshortcuts` and a tooltip name it: `Alt+N`. */
export const keysOf = (letter: string): string => `Alt+${letter.toUpperCase()}`
