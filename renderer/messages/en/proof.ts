import { counted } from '../../format.ts'

export const proof = {
  title: 'Proof',
  titleRunning: 'Asking the running service',
  titleFailed: (check: string) => `“${check}” failed`,
  leadPassed: (count: number) =>
    `The running service was asked. ${count === 1 ? 'The check' : `All ${count} checks`} passed.`,
  leadWarned: (passed: number, all: number) =>
    `The running service was asked. ${passed} of ${all} checks passed.`,
  leadFailed: (passed: number, all: number) =>
    `The service is not proven yet. ${passed} of ${counted(all, 'check', 'checks')} passed.`,
  leadProblem: 'The service could not be asked.',
  again: 'Check again',
  running: 'Asking the service',
  listLabel: 'Checks',
  evidence: 'Evidence',
  evidenceOf: (check: string) => `Evidence: ${check}`,
  why: 'Why',
  cause: 'Cause',
  remedy: 'Remedy',
  sql: 'the SQL',
  command: 'the command',
  at: (time: string) => `at ${time}`,
  note: 'Evidence of each check goes into the report.',
  next: 'Next',
  finishFailed: 'Finish with this failure',
  rollBack: 'Roll back',
}
