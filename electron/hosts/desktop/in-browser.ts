import { app, shell } from 'electron'

/** Serves the wizard from this process to the default browser, until its page says close. Rejects as the browser host. */
export async function openInBrowser(stateFolder: string): Promise<void> {
  const [{ createBackEnd }, { startBrowserHost }, { browserShell }, { builtPages }, { realMachine }] =
    await Promise.all([
      import('../back-end/index.ts'),
      import('../browser.ts'),
      import('../browser/shell.ts'),
      import('../pages.ts'),
      import('../../machine/real.ts'),
    ])
  const backEnd = createBackEnd({
    shell: browserShell(app.getVersion(), async () => app.quit()),
    machine: realMachine(),
    stateFolder,
  })
  const host = await startBrowserHost({ backEnd, pages: builtPages })
  app.on('will-quit', (event) => {
    event.preventDefault()
    void backEnd
      .close()
      .then(() => host.close())
      .finally(() => app.exit(0))
  })
  await shell.openExternal(host.url)
}
