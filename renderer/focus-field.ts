import { flushSync } from 'react-dom'
import { useClientChange } from './store/client-change.ts'
import { clientTabOfPath, useClient } from './store/client.ts'
import { tabOfPath, useWebsite } from './store/website.ts'

/** Puts the focus into the field of a path of the answers; on a page with tabs its tab is opened first. */
export function focusField(path: string): void {
  const tab = tabOfPath(path)
  if (tab !== undefined) flushSync(() => useWebsite.getState().openTab(tab))
  const clientTab = clientTabOfPath(path)
  if (clientTab !== undefined)
    flushSync(() => {
      useClient.getState().openTab(clientTab)
      useClientChange.getState().openTab(clientTab)
    })
  const field = document.getElementById(path)
  // A group of radio buttons shows no focus itself: the one that Tab would come to does.
  const choice =
    field instanceof HTMLFieldSetElement &&
    (field.querySelector<HTMLElement>('input:checked') ?? field.querySelector('input'))
  ;(choice || field)?.focus()
}
