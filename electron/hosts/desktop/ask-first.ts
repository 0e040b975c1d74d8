import { dialog } from 'electron'
import { beforeWindow, type StartBox, type StartChoice } from './before-window.ts'

/** What is to be opened; asks in a native box where there is something to be said first. May be called before Electron is ready. */
export async function whatToOpen(ready: Promise<void>): Promise<StartChoice> {
  if (process.platform !== 'win32') return 'window'
  const [{ lookBeforeWindow }, { realMachine }] = await Promise.all([
    import('./look-before-window.ts'),
    import('../../machine/real.ts'),
  ])
  const decision = beforeWindow(await lookBeforeWindow(realMachine(), process.execPath))
  await ready
  return decision === 'window' ? 'window' : ask(decision.box)
}

async function ask({ message, detail, buttons }: StartBox): Promise<StartChoice> {
  const { response } = await dialog.showMessageBox({
    type: 'warning',
    title: 'Identity Service Setup',
    message,
    detail,
    buttons: buttons.map(({ label }) => label),
    defaultId: 0,
    cancelId: buttons.length - 1,
    noLink: true,
  })
  return buttons[response]?.choice ?? 'close'
}
