import { portConflict } from '../../../iis/port-conflict.ts'
import { redirectSiteName } from '../../../iis/redirect.ts'
import { listSites } from '../../../iis/sites.ts'
import { whyUnseen } from '../../../iis/unseen.ts'
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
    const wanted = { host: website.hostName ?? '', own: [website.site, redirectSiteName(website.site)] }
    const sites = await listSites(machine).catch((error: unknown) => {
      if (whyUnseen(error) === undefined) throw error
      return undefined
    })
    const found = await Promise.all(ports.map((port) => portConflict(machine, { ...wanted, port }, sites)))
    const conflicts = found.filter((conflict) => conflict !== undefined)
    if (conflicts.length === 0) return { status: 'passed', summary: `${ports.join(' and ')} can be used.` }
    return {
      status: 'failed',
      summary: conflicts.join(' '),
      remedy: { text: 'Choose another port, give a host header of its own, or stop what uses this one.' },
    }
  },
}
