import { checkClientId, checkClientName, checkClientSecret, type Verdict } from '../client/check.ts'
import { SetupError, type Problem } from '../contract/problem.ts'
import type { Secret } from '../secrets/secret.ts'
import { refused } from './refused.ts'

interface ClientValues {
  /** `generate` is none that could be judged. */
  readonly id?: string | undefined
  readonly name?: string | undefined
  /** What is doubtful is taken. */
  readonly useAnyway?: boolean | undefined
}

/** What keeps the ID and the name of a client from being taken, by their paths; what is left out is not judged. */
export function clientValueProblems({ id, name, useAnyway }: ClientValues): readonly Problem[] {
  return [
    ...(id === undefined || id === 'generate' ? [] : judged('client.id', checkClientId(id), useAnyway)),
    ...(name === undefined ? [] : judged('client.name', checkClientName(name), useAnyway)),
  ]
}

/** @throws SetupError with the verdict’s code, for a secret that cannot be taken */
export function refuseSecret(secret: Secret, useAnyway: boolean | undefined): void {
  const [problem] = judged('client.secret', checkClientSecret(secret), useAnyway)
  if (problem) throw new SetupError(problem)
}

function judged(path: string, verdict: Verdict, useAnyway: boolean | undefined): Problem[] {
  if (verdict.verdict === 'ok' || (verdict.verdict === 'warning' && useAnyway === true)) return []
  return [{ ...refused(path, verdict.what, verdict.next), code: verdict.code }]
}
