import { counted } from '../../format.ts'

export const checks = {
  title: 'Prerequisites',
  lead: 'The checks change nothing. Failures stop Next, unless a later page settles them.',
  again: 'Check again',
  running: 'Checking what the service needs',
  runningAgain: 'Checking again',
  regionLabel: 'Checks',
  failed: (count: number) => `${count} failed`,
  warnings: (count: number) => counted(count, 'warning', 'warnings'),
  passed: (count: number) => `${count} passed`,
  notApplicable: (count: number) => `${count} not applicable`,
  took: (count: number, took: string, at: string) =>
    `${counted(count, 'check', 'checks')} in ${took}, at ${at}`,
  groups: { attention: 'Needs attention', passed: 'Passed', other: 'Not applicable' },
  failures: (count: number) => `${counted(count, 'failure', 'failures')} to resolve before Install`,
  notDone: 'Wait until the checks are done',
  noFailure: 'Nothing stops the setup.',
  fault: (title: string, summary: string) => `${title}: ${summary}`,
  open: (page: string) => `Open ${page}`,
  why: 'Why',
  cause: 'Cause',
  remedy: 'Remedy',
  check: 'Check',
  command: 'the command',
  sql: 'the SQL',
}
