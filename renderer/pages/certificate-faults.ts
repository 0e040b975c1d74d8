import { fieldOf, isAskedFor, sentence } from '../certificate-problems.ts'
import { errorsOf } from '../field-notes.ts'
import { messages } from '../messages/index.ts'
import { daysFault, judged, needed } from '../rules.ts'
import { useCertificate } from '../store/certificate.ts'
import type { Fault } from '../store/faults.ts'
import { currentDraft } from '../store/slices.ts'

const text = messages.certificate

/** What keeps the page from being left, asked anew where typing may have overtaken the last answer. */
export async function certificateFaults(): Promise<readonly Fault[]> {
  const { from } = useCertificate.getState()
  return [...(from === 'new' ? await newFaults() : await fileFaults()), ...pemFaults()]
}

async function newFaults(): Promise<readonly Fault[]> {
  const { key, subject, days, options, check } = useCertificate.getState()
  if (subject.trim() !== '') await check()
  const { view } = useCertificate.getState()
  const ecdsa = options?.ecdsa
  return [
    ...(key.startsWith('ECDSA') && ecdsa?.offered === false
      ? [{ path: 'certificate.key', text: ecdsa.why }]
      : []),
    ...needed('certificate.days', days, text.daysName),
    ...judged('certificate.days', days, daysFault),
    ...needed('certificate.subject', subject, text.subjectName),
    ...(subject.trim() === '' ? [] : errorsOf(view?.notes ?? [])),
  ]
}

const needs = {
  'certificate.file': text.sourceName,
  'certificate.privateKey': text.privateKeyNeeded,
  'certificate.password': text.passwordNeeded,
} as const

async function fileFaults(): Promise<readonly Fault[]> {
  const { file, look: looked, lookAtFile } = useCertificate.getState()
  if (file.trim() === '') return needed('certificate.file', file, text.sourceName)
  if (looked === undefined) await lookAtFile(currentDraft())
  const state = useCertificate.getState()
  const problems = state.lookProblem ? [state.lookProblem] : (state.look?.problems ?? [])
  const faults = new Map<string, string>()
  for (const problem of problems) {
    const path = fieldOf(problem, state)
    const said = isAskedFor(state, problem)
      ? needs[path]
      : path === 'certificate.password'
        ? sentence(problem)
        : problem.what
    faults.set(path, [faults.get(path), said].filter((part) => part !== undefined).join(' '))
  }
  return [...faults].map(([path, said]) => ({ path, text: said }))
}

function pemFaults(): readonly Fault[] {
  const { pem, pemPassword, strength } = useCertificate.getState()
  if (!pem) return []
  const path = 'certificate.pem.password'
  if (strength !== undefined && !strength.acceptable)
    return [{ path, text: [text.weak, ...strength.wanted].join(' ') }]
  return needed(path, pemPassword.ref, text.pemPasswordName)
}
