import type { Problem } from '../../contract/problem.ts'

/** Exit codes, for scripts. */
export const EXIT = {
  /** Done, or everything was as wanted. */
  done: 0,
  /** Failed; taken back, or left as it was when that was asked for. */
  failed: 1,
  /** The answers, or the arguments, are wrong. Nothing was changed. */
  invalid: 2,
  /** Something that the setup needs is not there. Nothing was changed. */
  prerequisite: 3,
  /** Stopped on request; the same command goes on. */
  stopped: 4,
} as const

/** What the database itself says, not what was asked of it. */
const OF_DATABASE =
  /^database\.(open|read|write|client-changed|schema-changed|administrator-lacks-right|exists|login-exists|not-made|not-dropped|standby|version|undo-needs-administrator)$/
const CALLERS =
  /^(answers|arguments|secret|client|database)\b|^certificate\.(subject|days|hash|ecdsa|exists|file-missing|original-in-place|weak-password)$/

/** Problems of answers are the caller's; others mean that this machine is not ready. */
export function exitCodeOf({ code }: Problem): number {
  if (code === 'certificate.cancelled') return EXIT.stopped
  if (CALLERS.test(code) && !OF_DATABASE.test(code)) return EXIT.invalid
  return code === 'unexpected' ? EXIT.failed : EXIT.prerequisite
}
