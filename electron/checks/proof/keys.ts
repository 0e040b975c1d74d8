import { daysLeft, endsSoon } from '../../certificate/facts.ts'
import { readPfx } from '../../certificate/read.ts'
import { SetupError } from '../../contract/problem.ts'
import { findKey } from '../../oidc/keys.ts'
import type { Check } from '../check.ts'
import type { ProofSubject } from './subject.ts'

export const keysCheck: Check<ProofSubject> = {
  id: 'proof.keys',
  title: 'Signing key',
  why: 'The running service must sign with the certificate of this installation, not with one it loaded earlier.',

  async look(subject) {
    const { machine, pfx } = subject.target
    const bytes = await machine.files.read(pfx)
    if (!bytes) throw new SetupError(missing(pfx))
    const { facts, problems } = await readPfx(bytes)
    if (!facts?.publicJwk) throw new SetupError({ ...(problems[0] ?? missing(pfx)), where: { file: pfx } })
    const match = findKey(await subject.keys(), facts.publicJwk, facts.thumbprint)
    const days = daysLeft(facts.notAfter, machine.clock.now())
    const left = days === 1 ? '1 day' : `${days} days`
    const evidence = [
      { label: 'Certificate', value: `${facts.thumbprint} (${facts.keyKind}, ${facts.subject})` },
      {
        label: 'Published',
        value: match.found ? (match.key.kid ?? 'a key without a name') : match.published.join('\n'),
      },
      {
        label: 'Valid to',
        value: `${facts.notAfter.toISOString().slice(0, 10)}, ${days < 0 ? 'ended' : `${left} left`}`,
      },
    ]
    if (!match.found)
      return {
        status: 'failed',
        summary: 'The service signs with another key than the one in this installation’s PFX.',
        evidence,
        cause: 'It was not restarted after the file changed, or reads another file.',
        remedy: { text: 'Restart the service, and compare X509CertificatePath with the file named here.' },
      }
    if (match.certificate === 'other')
      return {
        status: 'warning',
        summary: 'The keys are equal, but the service publishes another certificate of this key.',
        evidence,
        cause: 'It was not restarted after the certificate was renewed.',
        remedy: { text: 'Restart the service.' },
      }
    // The service goes on signing with a certificate that has ended: a warning, not a failure.
    if (endsSoon(days))
      return {
        status: 'warning',
        summary: `The keys are equal. The certificate ${days < 0 ? 'has ended' : `ends in ${left}`}.`,
        evidence,
        remedy: { text: days < 0 ? 'Replace it.' : 'Plan its replacement.' },
      }
    return { status: 'passed', summary: 'The published key equals the key in the PFX.', evidence }
  },
}

function missing(file: string) {
  return {
    code: 'proof.pfx',
    what: 'The PFX of this installation is not there.',
    where: { file },
    next: 'Run the setup again, or name the installation whose certificate it is.',
  }
}
