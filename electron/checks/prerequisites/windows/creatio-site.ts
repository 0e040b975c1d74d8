import { listSites } from '../../../iis/sites.ts'
import { whose } from '../../../iis/suggest.ts'
import type { Check } from '../../check.ts'
import type { PrerequisiteSubject } from '../subject.ts'
import { seenByAdministrator } from './unseen.ts'

export const creatioSiteCheck: Check<PrerequisiteSubject> = {
  id: 'iis.creatio',
  title: 'Creatio’s website',
  why: 'The Identity Service belongs on Creatio’s application server, beside its website and in a pool of its own.',

  async look({ machine, answers }) {
    const folder = answers.creatio?.folder
    if (folder === undefined) return { status: 'not-applicable', summary: 'Creatio’s folder is not named.' }
    return seenByAdministrator(async () => {
      const sites = (await listSites(machine)).filter(
        (site) => whose(site, { installations: [], creatioFolder: folder }) === 'creatio',
      )
      const pools = new Set(sites.flatMap(({ pool }) => pool))
      if (sites.length === 0)
        return {
          status: 'warning',
          summary: 'No website of this server has Creatio’s folder.',
          remedy: { text: 'Check that this is the server on which Creatio runs.' },
        }
      return {
        status: 'passed',
        summary: `${sites.map(({ name }) => name).join(', ')} with the pool ${[...pools].join(', ')}: left as it is.`,
      }
    })
  },
}
