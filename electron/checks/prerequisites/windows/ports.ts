import { redirectSiteName } from '../../../iis/redirect.ts'
import { listSites } from '../../../iis/sites.ts'
import { SetupError } from '../../../contract/problem.ts'
import type { Machine } from '../../../machine/machine.ts'
import { portHolders } from '../../../windows/ports.ts'
import type { Check } from '../../check.ts'
import type { PrerequisiteSubject } from '../subject.ts'

export const websitePortsCheck: Check<PrerequisiteSubject> = {
  id: 'network.ports',
  title: 'Ports',
  why: 'A port belongs to one program; websites of IIS share it only under different host headers.',

  async look({ machine, answers }) {
    const { website } = answers
    if (!website) return { status: 'not-tried', summary: 'They are asked for on the Website page.' }
    const ports = [website.http?.port, website.https?.port].filter((port) => port !== undefined)
    const own = [website.site, redirectSiteName(website.site)].map((name) => name.toLowerCase())
    const conflicts = (
      await Promise.all(ports.map((port) => conflictsOn(machine, port, website.hostName ?? '', own)))
    ).flat()
    if (conflicts.length === 0) return { status: 'passed', summary: `${ports.join(' and ')} can be used.` }
    return {
      status: 'failed',
      summary: conflicts.join(' '),
      remedy: { text: 'Choose another port, give a host header of its own, or stop what uses this one.' },
    }
  },
}

/** Who stands in the way on a port, a sentence each. Sites are asked first: to others their port belongs to “System”. */
async function conflictsOn(
  machine: Machine,
  port: number,
  host: string,
  own: readonly string[],
): Promise<string[]> {
  const sites = await listSites(machine).catch((error: unknown) => {
    const code = error instanceof SetupError ? error.problem.code : undefined
    if (code === 'iis.not-elevated' || code === 'windows.tool-missing') return undefined
    throw error
  })
  const bound = (sites ?? []).filter(({ bindings }) => bindings.some((binding) => binding.port === port))
  const others = bound.filter(({ name }) => !own.includes(name.toLowerCase()))
  const clashing = others.filter(({ bindings }) =>
    bindings.some((binding) => binding.port === port && binding.host.toLowerCase() === host.toLowerCase()),
  )
  if (clashing.length > 0)
    return clashing.map(({ name }) => `Port ${port} is a binding of the website ${name}.`)
  if (bound.length > 0 || (await machine.network.portFree(port))) return []
  const holders = await portHolders(machine, port)
  const programs = holders.filter(({ urls }) => urls === undefined)
  if (programs.length === 0 && sites === undefined && holders.length > 0) return []
  return [
    `Port ${port} is used by ${programs.map(({ process, pid }) => process ?? `process ${pid}`).join(', ') || 'another program'}.`,
  ]
}
