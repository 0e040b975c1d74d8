import type { CertificateLook } from '../../contract/certificate.ts'
import { problemOf, type Problem } from '../../contract/problem.ts'
import { findInstallation } from '../../scenarios/installation/find.ts'
import { quietHour } from '../../scenarios/installation/quiet-hour.ts'
import { suggestCreatio } from '../../scenarios/installation/suggest-creatio.ts'
import { TOKEN_SECONDS } from '../../scenarios/replace-certificate/warnings.ts'
import { currentCertificate } from '../session/current-certificate.ts'
import { textAt } from './draft.ts'
import { refusedDraft } from './refused-draft.ts'
import type { WizardState } from './state.ts'
import type { Handlers } from './types.ts'

/** The service whose certificate is to be replaced, as the pages of that scenario show it. */
export function replacementHandlers(state: WizardState): Pick<Handlers, 'replacement.look'> {
  const { session } = state
  return {
    'replacement.look': async ({ draft }) => {
      const target = textAt(draft, 'installation', 'target')
      if (target === undefined) throw refusedDraft()
      const practice = draft['practice'] === true
      const machine = session.machineOf({ practice })
      const found = await findInstallation(machine, session.stateFolder, {
        target,
        container: textAt(draft, 'installation', 'container'),
        site: textAt(draft, 'installation', 'site'),
        practice,
      })
      const { installation, recorded, pfx, inImage } = found
      const hour = quietHour(machine.clock.now())
      const [look, creatio] = await Promise.all([
        knownOr(() => currentCertificate(machine, { ...installation, pfx })),
        suggestCreatio(machine, found),
      ])
      return {
        target: installation.target,
        name: installation.name,
        hosting: installation.hosting,
        publicUrl: installation.publicUrl,
        recorded,
        pfx,
        inImage,
        ...look,
        creatio: creatio.map(({ kind, name, why }) => ({ kind, name, why })),
        tokenSeconds: TOKEN_SECONDS,
        hour: { quiet: hour.quiet, at: hour.at.toISOString() },
      }
    },
  }
}

async function knownOr(
  look: () => Promise<CertificateLook>,
): Promise<{ readonly current: CertificateLook } | { readonly unknown: Problem }> {
  try {
    return { current: await look() }
  } catch (error) {
    return { unknown: problemOf(error) }
  }
}
