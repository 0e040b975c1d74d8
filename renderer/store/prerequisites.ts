import { create } from 'zustand'
import type { CheckReport } from '../../electron/contract/check.ts'
import type { Problem } from '../../electron/contract/problem.ts'
import { ask } from '../bridge.ts'
import { newOperation } from '../pending.ts'
import type { Draft } from './given.ts'
import { hostSteps, type Hosting, type StepId } from './scenarios.ts'
import { pageOfPath, stepIndex, type Course } from './steps.ts'

interface PrerequisitesState {
  readonly operation: string
  readonly running: boolean
  readonly checks: readonly CheckReport[]
  readonly problem: Problem | undefined
  /** When the last round ended, milliseconds since 1970. */
  readonly doneAt: number | undefined
  readonly tookMs: number
  run(draft: Draft): Promise<void>
  /** After a fix: every check once more, each staying on the page until its new report is there. */
  runAgain(draft: Draft): Promise<void>
  checkCame(operation: string, check: CheckReport): void
}

/** What has to be there before the setup; read only. */
export const usePrerequisites = create<PrerequisitesState>((set, get) => {
  const round = async (draft: Draft, known: readonly CheckReport[]): Promise<void> => {
    const operation = newOperation('prerequisites')
    const began = Date.now()
    set({ operation, running: true, checks: known, problem: undefined })
    const reply = await ask('prerequisites.check', { operation, draft })
    if (get().operation !== operation) return
    const doneAt = Date.now()
    set({
      running: false,
      doneAt,
      tookMs: doneAt - began,
      ...(reply.ok ? { checks: reply.value } : { problem: reply.problem }),
    })
  }
  return {
    operation: '',
    running: false,
    checks: [],
    problem: undefined,
    doneAt: undefined,
    tookMs: 0,

    run: (draft) => round(draft, []),
    runAgain: (draft) => round(draft, get().checks),

    checkCame: (operation, check) => {
      if (get().operation !== operation || !get().running) return
      set(({ checks }) => ({
        checks: checks.some(({ id }) => id === check.id)
          ? checks.map((known) => (known.id === check.id ? check : known))
          : [...checks, check],
      }))
    },
  }
})

/** Checks of what is asked for after this page, by their ids; the rest is put right outside, or on an earlier page. */
const askedLater: Readonly<Record<string, 'database' | 'host'>> = {
  'database.connection': 'database',
  'iis.names': 'host',
  'iis.pool-account': 'host',
  'iis.https-certificate': 'host',
  'docker.names': 'host',
  'docker.https-certificate': 'host',
  'docker.database-server': 'host',
  'network.ports': 'host',
}

/** The later page on which the installer puts right what a check judges, if there is one. */
export function laterPageOf({ id }: CheckReport, hosting: Hosting): StepId | undefined {
  const place = askedLater[id]
  return place === 'host' ? hostSteps[hosting] : place
}

/** Whether what kept all checks from being made can be put right on a later page only. */
export function isAskedLater({ where }: Problem, course: Course): boolean {
  const page = where?.path === undefined ? undefined : pageOfPath(course, where.path)
  return page !== undefined && stepIndex(course, page) > stepIndex(course, 'prerequisites')
}

/** Failures that would stop Install. */
export const failuresOf = (checks: readonly CheckReport[]): number =>
  checks.filter((check) => check.status === 'failed').length

/**
 * What needs attention, failures first. A check whose fix has run keeps its place, whatever it says now, so that
 * nothing moves away from under whoever has just pressed its button.
 */
export function attentionOf(checks: readonly CheckReport[], fixed: string | undefined): CheckReport[] {
  const failed = checks.filter(({ id, status }) => status === 'failed' || id === fixed)
  return [...failed, ...checks.filter((check) => check.status === 'warning' && !failed.includes(check))]
}
