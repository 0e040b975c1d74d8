import { readDiscovery } from '../../oidc/discovery.ts'
import { problemOf } from '../../contract/problem.ts'
import type { Check } from '../check.ts'
import type { Machine } from '../../machine/machine.ts'
import type { Installation } from '../../service/installation.ts'

interface AnsweringService {
  readonly machine: Machine
  readonly installation: Installation
  /** PEM by which its address is trusted, where no file holds it yet. */
  readonly trust?: string
}

/** What no change of the service cures; anything else may come from what is going to be changed. */
const BETWEEN = /^discovery\.(tls|unknown-name|redirect|url)$/

/**
 * How a service answers before something about it is changed. Where this machine cannot ask it at all, such as for a
 * certificate that is not trusted, the change could not be proven either, and would be taken back after a restart for
 * nothing.
 * @param goOn one sentence: what is a reason to make the change, not one against it
 */
export const answersCheck = (id: string, goOn: string): Check<AnsweringService> => ({
  id,
  title: 'The service as it is',
  why: 'What works before shows what a failure afterwards comes from.',

  async look({ machine, installation, trust }) {
    const { localUrl, tlsCertificate } = installation
    const evidence = [{ label: 'Address', value: localUrl }]
    const written = tlsCertificate === undefined ? undefined : await machine.files.read(tlsCertificate)
    const pem = trust ?? (written && Buffer.from(written).toString('utf8'))
    try {
      await readDiscovery(machine.network, localUrl, pem === undefined ? {} : { trust: [pem] })
      return { status: 'passed', summary: 'The service answers.', evidence }
    } catch (error) {
      const { code, what, cause, next } = problemOf(error)
      const between = BETWEEN.test(code)
      return {
        status: between ? 'failed' : 'warning',
        summary: between
          ? 'This machine cannot ask the service, so nothing could be proven afterwards.'
          : 'The service does not answer before anything is changed.',
        evidence: [...evidence, { label: 'Answer', value: what }],
        ...(cause === undefined ? {} : { cause }),
        remedy: { text: between ? next : `${next} ${goOn}` },
      }
    }
  },
})
