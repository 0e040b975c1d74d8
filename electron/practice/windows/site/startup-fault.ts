import type { SiteHost } from './host.ts'

/**
 * What a test has armed against the next start of an application, as the tool `w3wp`: `late` and `hang` make it slow.
 * A start that hangs is given up by the module after the time web.config allows.
 */
export async function startupFault(host: SiteHost): Promise<void> {
  let ms: number | undefined
  const isArmed = (await host.state()).runtime.faults.some(({ tool }) => tool === 'w3wp')
  if (!isArmed) return
  await host.change(({ runtime }) => {
    const fault = runtime.faults.find(({ tool }) => tool === 'w3wp')
    if (fault === undefined || --fault.at > 0) return
    runtime.faults = runtime.faults.filter((one) => one !== fault)
    if (fault.how.kind === 'late') ms = fault.how.ms
    if (fault.how.kind === 'hang') ms = 2 ** 31 - 1
  })
  if (ms !== undefined) await new Promise<void>((resolve) => setTimeout(resolve, ms).unref())
}
