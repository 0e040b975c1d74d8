import { readDiscovery } from '../../../oidc/discovery.ts'
import { problemOf } from '../../../contract/problem.ts'
import type { Check } from '../../check.ts'
import type { ReplacementSubject } from './subject.ts'

export const answersCheck: Check<ReplacementSubject> = {
  id: 'replacement.answers',
  title: 'The service as it is',
  why: 'What works before shows what a failure afterwards comes from.',

  async look({ machine, installation }) {
    const { localUrl, tlsCertificate } = installation
    const evidence = [{ label: 'Address', value: localUrl }]
    const pem = tlsCertificate === undefined ? undefined : await machine.files.read(tlsCertificate)
    const trust = pem ? { trust: [Buffer.from(pem).toString('utf8')] } : {}
    try {
      await readDiscovery(machine.network, localUrl, trust)
      return { status: 'passed', summary: 'The service answers.', evidence }
    } catch (error) {
      const { what, cause, next } = problemOf(error)
      // A service that does not start because of its certificate is a reason to replace it, not a reason not to.
      return {
        status: 'warning',
        summary: 'The service does not answer before anything is changed.',
        evidence: [...evidence, { label: 'Answer', value: what }],
        ...(cause === undefined ? {} : { cause }),
        remedy: { text: `${next} If its certificate is the cause, go on.` },
      }
    }
  },
}
