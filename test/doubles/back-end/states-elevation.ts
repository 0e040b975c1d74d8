import { useReview } from '../../../renderer/store/review.ts'
import { iisPlan, iisPlanRevealed, iisScript } from './sample-iis-plan.ts'
import { never, refuse, type Script } from './scripted.ts'
import { click, onIis, windowsMachine, type State } from './state.ts'

const soon = (ms = 80) => new Promise((resolve) => setTimeout(resolve, ms))
const install = async () => {
  click('#next')
  await soon()
}
const script: Partial<Script> = {
  ...windowsMachine,
  'plan.make': () => ({ plan: iisPlan }),
  'script.make': () => ({ name: 'install-identity-service.ps1', text: iisScript }),
}
const review = { page: 'review', prepare: onIis, script } as const

/** A plan that needs administrator rights: reviewed, exported, waited for, refused, changed. */
export const elevationStates: Readonly<Record<string, State>> = {
  'review-elevation': { ...review, after: () => useReview.getState().select('pool') },
  'review-iis-commands': { ...review, after: () => useReview.getState().openTab('commands') },
  'review-present': {
    ...review,
    script: { ...script, 'plan.make': () => ({ plan: iisPlanRevealed }) },
    after: () => useReview.getState().select('pool'),
  },
  'review-script': { ...review, after: () => useReview.getState().openTab('script') },
  'review-script-none': {
    ...review,
    script: {
      ...script,
      'script.make': () =>
        refuse({
          code: 'script.docker',
          what: 'There is no script for an installation with Docker.',
          next: 'Use the command line of this program with the saved answers.',
        }),
    },
    after: () => useReview.getState().openTab('script'),
  },
  'install-rights': { ...review, script: { ...script, 'run.start': never }, after: install },
  'review-refused': {
    ...review,
    script: {
      ...script,
      'run.start': () =>
        refuse({
          code: 'elevation.refused',
          what: 'The full rights of an administrator were not given.',
          cause: 'The prompt of User Account Control was refused, or a policy refuses it.',
          next: 'Try again and choose Yes, or start this program as an administrator.',
          untouched: 'Nothing was changed.',
        }),
    },
    after: install,
  },
  'review-changed': {
    ...review,
    script: {
      ...script,
      'plan.make': () => ({ plan: useReview.getState().returned ? iisPlanRevealed : iisPlan }),
      'run.start': () =>
        refuse({
          code: 'elevation.plan-changed',
          what: 'With administrator rights more can be seen, and the plan has changed.',
          next: 'Review the plan again, then install. Windows will not ask a second time.',
          untouched: 'Nothing was changed.',
        }),
    },
    after: install,
  },
}
