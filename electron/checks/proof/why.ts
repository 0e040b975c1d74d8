import { diagnose, type Diagnosis } from '../../diagnosis/diagnose.ts'
import { problemOf } from '../../contract/problem.ts'
import { findingOf, type Check, type Finding } from '../check.ts'
import type { ProofSubject, ServiceLook } from './subject.ts'

const LOG_LINES = 8

/** The same check; when the service does not do its part, it also says why, from its state and its log. */
export function withCause(check: Check<ProofSubject>): Check<ProofSubject> {
  return {
    ...check,
    look: (subject) =>
      check.look(subject).catch(async (error: unknown) => {
        const finding = findingOf(error)
        // Its certificate was refused before it was asked anything.
        if (problemOf(error).code === 'discovery.tls') return finding
        const service = await subject.service().catch(() => undefined)
        return service ? explained(finding, service, subject.target.client.id) : finding
      }),
  }
}

function explained(finding: Finding, service: ServiceLook, client: string): Finding {
  const { log, ended, exitCode, failedAtStart = false } = service
  const known = { ...service.evidence?.known, client }
  const diagnosis =
    ended || failedAtStart
      ? diagnose({ ...service.evidence, log, known, ...(exitCode === undefined ? {} : { exitCode }) })
      : diagnose({ ...service.evidence, log: '', tokenLog: log, known })
  const tail = log.trim().split('\n').slice(-LOG_LINES).join('\n')
  const lines = diagnosis?.evidenceLines.join('\n') || tail
  const evidence = [...(finding.evidence ?? []), ...(lines === '' ? [] : [{ label: 'Log', value: lines }])]
  if (ended) return { ...finding, ...whyEnded(service, diagnosis), evidence }
  return diagnosis
    ? { ...finding, cause: diagnosis.cause, remedy: diagnosis.remedy, evidence }
    : { ...finding, evidence }
}

function whyEnded(
  { name, exitCode, start }: ServiceLook,
  diagnosis: Diagnosis | undefined,
): Pick<Finding, 'cause' | 'remedy'> {
  const code = exitCode === undefined ? '' : ` (exit code ${exitCode})`
  const words = `${name} does not run${code}.`
  if (diagnosis) return { cause: `${words} ${diagnosis.cause}`, remedy: diagnosis.remedy }
  const text = 'Start it, or run the setup again with the same answers.'
  return { cause: words, remedy: { text, ...(start === undefined ? {} : { command: start }) } }
}
