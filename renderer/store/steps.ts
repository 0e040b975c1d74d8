import type { Answers } from '../../electron/contract/answers.ts'

type Hosting = Answers['hosting']

const beforeHost = ['files', 'hosting', 'prerequisites', 'database', 'client', 'certificate'] as const
const afterHost = ['logging', 'review', 'install', 'proof', 'connect', 'finish'] as const
/** What the service runs in: two pages for one place in the step list. */
export const hostSteps = { iis: 'website', docker: 'container' } as const satisfies Record<Hosting, string>

export type StepId = (typeof beforeHost)[number] | (typeof hostSteps)[Hosting] | (typeof afterHost)[number]
export type PageId = 'start' | StepId
type Phase = 'prepare' | 'configure' | 'install' | 'handover'

/** The pages of a new installation, in the order of the step list; `start` stands before it. */
export const stepsFor = (hosting: Hosting): readonly StepId[] => [
  ...beforeHost,
  hostSteps[hosting],
  ...afterHost,
]

/** As many with IIS as with Docker, so that the numbers stay when the hosting changes. */
export const stepCount = beforeHost.length + 1 + afterHost.length

/** The phase that begins with a step; the steps after it belong to it too. */
export const phases: Partial<Record<StepId, Phase>> = {
  files: 'prepare',
  database: 'configure',
  review: 'install',
  connect: 'handover',
}

/** 0-based place in the step list; -1 for `start`. */
export const stepIndex = (page: PageId): number =>
  page === 'start' ? -1 : stepsFor(page === 'container' ? 'docker' : 'iis').indexOf(page)

/** From here on the machine is being changed: no Back, no click in the step list. */
const commitStep = stepIndex('install')

export const isCommitted = (page: PageId): boolean => stepIndex(page) >= commitStep

/** The next (`by` 1) or previous (`by` -1) page. */
export function neighbour(page: PageId, by: 1 | -1, hosting: Hosting): PageId {
  const index = stepIndex(page) + by
  return index < 0 ? 'start' : (stepsFor(hosting)[index] ?? 'finish')
}
