import { readPfx } from '../../../certificate/read.ts'
import type { WebsiteAnswers } from '../../../contract/answers.ts'
import { endpointOf, nameOfCallers } from '../../../iis/endpoint.ts'
import { judgeForHttps } from '../../../windows/judge-certificate.ts'
import { findSslBinding } from '../../../windows/ssl-binding-list.ts'
import type { Check, Finding } from '../../check.ts'
import type { PrerequisiteSubject } from '../subject.ts'

export const certificateCheck: Check<PrerequisiteSubject> = {
  id: 'iis.https-certificate',
  title: 'HTTPS certificate',
  why: 'Creatio’s host has to trust it, and it has to hold for the name in the Identity Service URL.',

  async look(subject) {
    const { website } = subject.answers
    if (!website) return { status: 'not-tried', summary: 'It is asked for on the Website page.' }
    const { https } = website
    if (!https)
      return website.development === true
        ? {
            status: 'warning',
            summary: 'Plain http: for a development environment only.',
            remedy: { text: 'Set up HTTPS for anything else.' },
          }
        : { status: 'not-applicable', summary: 'No HTTPS is set up.' }
    const bound = await boundAlready(subject, website)
    if (bound) return bound
    switch (https.certificate.from) {
      case 'self-signed':
        return {
          status: 'warning',
          summary: 'A self-signed certificate is made: for development only.',
          remedy: { text: 'Import it where Creatio runs, or choose an issued certificate.' },
        }
      case 'store':
        return judged(subject, website)
      case 'pfx':
        return opened(subject, https.certificate.file)
    }
  },
}

async function boundAlready(
  { machine, website: facts }: PrerequisiteSubject,
  website: WebsiteAnswers,
): Promise<Finding | undefined> {
  const { https, takeOver = [] } = website
  const { endpoint } = endpointOf(website)
  const binding = await findSslBinding(machine, endpoint)
  const allowed = [...takeOver.map((each) => each.toLowerCase()), ...(facts?.ours ?? [])]
  if (!binding || allowed.includes(`certificate:${endpoint.toLowerCase()}`)) return undefined
  const wanted = https?.certificate.from === 'store' ? https.certificate.thumbprint.toUpperCase() : undefined
  if (binding.thumbprint.toUpperCase() === wanted) return undefined
  return {
    status: 'failed',
    summary: `Another certificate is bound to ${endpoint}.`,
    evidence: [{ label: 'Thumbprint', value: binding.thumbprint }],
    cause: 'Every website on this endpoint uses it.',
    remedy: {
      text: 'Use SNI with a host header, another port, or confirm on the Website page that it may be replaced.',
    },
  }
}

async function judged(subject: PrerequisiteSubject, website: WebsiteAnswers): Promise<Finding> {
  const { machine, website: facts } = subject
  const certificate = facts?.certificate
  if (!certificate) return { status: 'not-tried', summary: 'It is looked at when the answers are whole.' }
  const evidence = [
    { label: 'Subject', value: certificate.subject },
    { label: 'Names', value: certificate.names.join('\n') },
    { label: 'Valid to', value: certificate.notAfter.toISOString().slice(0, 10) },
  ]
  const { usable, why } = judgeForHttps(
    certificate,
    nameOfCallers(website, subject.answers.publicUrl),
    machine.clock.now(),
  )
  if (usable) return { status: 'passed', summary: `${certificate.subject} can be used.`, evidence }
  return {
    status: 'failed',
    summary: why ?? 'The certificate cannot be used.',
    evidence,
    remedy: { text: 'Choose another certificate on the Website page.' },
  }
}

async function opened({ machine, tlsPassword }: PrerequisiteSubject, file: string): Promise<Finding> {
  const bytes = await machine.files.read(file)
  const evidence = [{ label: 'File', value: file }]
  if (!bytes)
    return {
      status: 'failed',
      summary: 'The certificate file is not there.',
      evidence,
      remedy: { text: 'Correct the path of the PFX file.' },
    }
  const { facts, problems } = await readPfx(bytes, tlsPassword)
  if (!facts)
    return {
      status: 'failed',
      summary: problems[0]?.what ?? 'The certificate cannot be opened.',
      evidence,
      remedy: { text: problems[0]?.next ?? 'Give the password of the PFX file.' },
    }
  const now = machine.clock.now()
  const ends = facts.notAfter.toISOString().slice(0, 10)
  if (facts.notAfter <= now || facts.notBefore > now)
    return {
      status: 'failed',
      summary:
        facts.notAfter <= now ? `The certificate ended on ${ends}.` : 'The certificate is not valid yet.',
      evidence,
      remedy: { text: 'Use a current one.' },
    }
  return { status: 'passed', summary: `${facts.subject}, to ${ends}.`, evidence }
}
