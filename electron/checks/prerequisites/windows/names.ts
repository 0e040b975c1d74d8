import { same } from '../../../iis/config-element.ts'
import { listPools } from '../../../iis/pools.ts'
import { redirectSiteName } from '../../../iis/redirect.ts'
import { listSites } from '../../../iis/sites.ts'
import type { Check } from '../../check.ts'
import type { PrerequisiteSubject } from '../subject.ts'
import { seenByAdministrator } from './unseen.ts'

export const websiteNamesCheck: Check<PrerequisiteSubject> = {
  id: 'iis.names',
  title: 'Website and application pool',
  why: 'What someone else made is never changed without being named, and a pool serves one ASP.NET Core application only.',

  async look({ machine, answers, website: facts }) {
    const { website } = answers
    if (!website) return { status: 'not-tried', summary: 'They are asked for on the Website page.' }
    return seenByAdministrator(async () => {
      const [sites, pools] = await Promise.all([listSites(machine), listPools(machine)])
      const named = new Set([
        ...(website.takeOver ?? []).map((each) => each.toLowerCase()),
        ...(facts?.ours ?? []),
      ])
      const foreign = [
        ...sites.filter(({ name }) => same(name, website.site) && !named.has(`site:${name.toLowerCase()}`)),
        ...pools.filter(({ name }) => same(name, website.pool) && !named.has(`pool:${name.toLowerCase()}`)),
      ].map(({ name }) => name)
      const own = [website.site, redirectSiteName(website.site)]
      const shared = sites.filter(
        ({ name, applications }) =>
          applications.some(({ pool }) => same(pool, website.pool)) && !own.some((each) => same(each, name)),
      )
      if (shared.length > 0)
        return {
          status: 'failed',
          summary: `The pool ${website.pool} already serves ${shared.map(({ name }) => name).join(', ')}.`,
          cause: 'Two ASP.NET Core applications in one pool end with 500.35.',
          remedy: { text: 'Give the Identity Service a pool of its own.' },
        }
      if (foreign.length > 0)
        return {
          status: 'failed',
          summary: `${[...new Set(foreign)].join(' and ')}: there already, and not made by this program.`,
          remedy: { text: 'Choose another name, or confirm on the Website page that it may be changed.' },
        }
      return { status: 'passed', summary: 'The names are free, or were given by this program.' }
    })
  },
}
