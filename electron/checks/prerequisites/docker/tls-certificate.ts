import { readPfx } from '../../../certificate/read.ts'
import type { Check } from '../../check.ts'
import type { PrerequisiteSubject } from '../subject.ts'

export const tlsCertificateCheck: Check<PrerequisiteSubject> = {
  id: 'docker.https-certificate',
  title: 'HTTPS certificate',
  why: 'Kestrel ends at its start when it cannot open the certificate of the address.',

  async look({ machine, answers, tlsPassword }) {
    const https = answers.container?.https
    if (!https) return { status: 'not-applicable', summary: 'No HTTPS is published.' }
    if (https.certificate === undefined)
      return {
        status: 'warning',
        summary: 'A self-signed certificate is made: for development only.',
        remedy: { text: 'Import it where Creatio runs, or name an issued certificate.' },
      }
    const bytes = await machine.files.read(https.certificate)
    if (!bytes)
      return {
        status: 'failed',
        summary: 'The certificate file is not there.',
        evidence: [{ label: 'File', value: https.certificate }],
        remedy: { text: 'Correct the path of the PFX file.' },
      }
    const { facts, problems } = await readPfx(bytes, tlsPassword)
    // A password is no flaw here: Kestrel is told it.
    const [problem] = problems.filter(({ code }) => facts === undefined || !/password/.test(code))
    if (!facts || problem)
      return {
        status: 'failed',
        summary: problem?.what ?? 'The certificate cannot be opened.',
        evidence: [{ label: 'File', value: https.certificate }],
        remedy: { text: problem?.next ?? 'Give the password of the PFX file.' },
      }
    const evidence = [
      { label: 'Subject', value: facts.subject },
      { label: 'Valid to', value: facts.notAfter.toISOString().slice(0, 10) },
    ]
    if (facts.notAfter <= machine.clock.now())
      return {
        status: 'failed',
        summary: 'The certificate has ended.',
        evidence,
        remedy: { text: 'Use a current one.' },
      }
    if (facts.notBefore > machine.clock.now())
      return {
        status: 'failed',
        summary: `The certificate is not valid before ${facts.notBefore.toISOString().slice(0, 10)}.`,
        evidence,
        remedy: { text: 'Use a current one, or set the clock of this machine.' },
      }
    return {
      status: 'passed',
      summary: `${facts.subject}, to ${facts.notAfter.toISOString().slice(0, 10)}.`,
      evidence,
    }
  },
}
