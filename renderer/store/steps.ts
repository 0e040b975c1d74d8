import { scenarios, type Hosting, type Phase, type ScenarioId, type StepId } from './scenarios.ts'

export type PageId = 'start' | StepId

/** What the step list depends on. */
export interface Course {
  readonly scenario: ScenarioId
  readonly hosting: Hosting
}

/** The pages in the order of the step list; `start` stands before it. */
export const stepsFor = ({ scenario, hosting }: Course): readonly StepId[] =>
  scenarios[scenario].steps(hosting)

/** The phase that begins with a step. */
export const phaseAt = ({ scenario }: Course, step: StepId): Phase | undefined =>
  scenarios[scenario].phases[step]

/** 0-based place in the step list; -1 for `start`, and for a page of another scenario. */
export const stepIndex = (course: Course, page: PageId): number =>
  page === 'start' ? -1 : stepsFor(course).indexOf(page)

/** From `install` on the machine is being changed: no Back, no click in the step list. */
const committed: ReadonlySet<PageId> = new Set<PageId>(['install', 'proof', 'connect', 'finish'])

export const isCommitted = (page: PageId): boolean => committed.has(page)

/** The next (`by` 1) or previous (`by` -1) page. */
export function neighbour(course: Course, page: PageId, by: 1 | -1): PageId {
  const index = stepIndex(course, page) + by
  return index < 0 ? 'start' : (stepsFor(course)[index] ?? 'finish')
}

/** The page that asks for a path of the answers, such as `container.httpPort`; undefined when no page does. */
export function pageOfPath({ scenario, hosting }: Course, path: string): StepId | undefined {
  const asks = scenarios[scenario].asks(hosting)
  return asks[path] ?? asks[path.split('.')[0] ?? '']
}
