import { discoveryUrl, readDiscovery } from '../../oidc/discovery.ts'
import { judgeDiscovery, type Finding as Judgement } from '../../oidc/judge.ts'
import type { Check, Finding } from '../check.ts'
import type { ProofSubject } from './subject.ts'

export const discoveryCheck: Check<ProofSubject> = {
  id: 'proof.discovery',
  title: 'Discovery document',
  why: 'Creatio and every client read the service’s addresses from it.',

  async look(subject) {
    const { machine, publicUrl, localUrl } = subject.target
    const document = await (publicUrl === localUrl
      ? subject.discovery()
      : readDiscovery(machine.network, publicUrl, subject.options))
    const findings = judgeDiscovery(document, publicUrl)
    const worst =
      findings.find(({ level }) => level === 'failed') ?? findings.find(({ level }) => level === 'warning')
    return {
      ...(worst
        ? found(worst)
        : { status: 'passed', summary: `${publicUrl} answers, and its addresses fit.` }),
      evidence: [
        { label: 'Asked', value: discoveryUrl(publicUrl) },
        { label: 'Issuer', value: document.issuer },
        { label: 'Token endpoint', value: document.token_endpoint },
        { label: 'Signing keys', value: document.jwks_uri },
        ...findings.map(({ id, summary }) => ({ label: labels[id], value: summary })),
      ],
    }
  },
}

const labels: Readonly<Record<Judgement['id'], string>> = {
  endpoints: 'Addresses',
  'client-credentials': 'Grant',
  issuer: 'About the issuer',
}

function found({ level, summary, cause, next }: Judgement): Finding {
  return {
    status: level === 'failed' ? 'failed' : 'warning',
    summary,
    ...(cause === undefined ? {} : { cause }),
    ...(next === undefined ? {} : { remedy: { text: next } }),
  }
}
