import { readDiscovery } from '../../oidc/discovery.ts'
import { problemOf } from '../../contract/problem.ts'
import type { Check } from '../check.ts'
import type { Machine } from '../../machine/machine.ts'
import type { Installation } from '../../service/installation.ts'

interface AnsweringService {
  readonly machine: Machine
  readonly installation: Installation
}

/**
 * How a service answers before something about it is changed.
 * @param goOn one sentence: what is a reason to make the change, not one against it
 */
export const answersCheck = (id: string, goOn: string): Check<AnsweringService> => ({
  id,
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
      return {
        status: 'warning',
        summary: 'The service does not answer before anything is changed.',
        evidence: [...evidence, { label: 'Answer', value: what }],
        ...(cause === undefined ? {} : { cause }),
        remedy: { text: `${next} ${goOn}` },
      }
    }
  },
})
