/** The pages of a new installation, in the order of the step list; `start` stands before it. */
export const steps = [
  'files',
  'hosting',
  'prerequisites',
  'database',
  'client',
  'certificate',
  'container',
  'logging',
  'review',
  'install',
  'proof',
  'connect',
  'finish',
] as const

export type StepId = (typeof steps)[number]
export type PageId = 'start' | StepId
type Phase = 'prepare' | 'configure' | 'install' | 'handover'

/** The phase that begins with a step; the steps after it belong to it too. */
export const phases: Partial<Record<StepId, Phase>> = {
  files: 'prepare',
  database: 'configure',
  review: 'install',
  connect: 'handover',
}

/** From here on the machine is being changed: no Back, no click in the step list. */
const commitStep = steps.indexOf('install')

export const stepIndex = (page: PageId): number => (page === 'start' ? -1 : steps.indexOf(page))
export const isCommitted = (page: PageId): boolean => stepIndex(page) >= commitStep

/** Steps that a kind of hosting does not need. They stay visible and say why. */
export function applies(step: StepId, hosting: 'docker' | 'practice'): boolean {
  return step !== 'container' || hosting === 'docker'
}

/** The next (`by` 1) or previous (`by` -1) page that applies. */
export function neighbour(page: PageId, by: 1 | -1, hosting: 'docker' | 'practice'): PageId {
  let index = stepIndex(page) + by
  while (index >= 0 && index < steps.length && !applies(steps[index]!, hosting)) index += by
  if (index < 0) return 'start'
  return steps[index] ?? 'finish'
}
