import type { ReplaceCertificateAnswers } from '../../electron/contract/answers.ts'
import { given, type Draft } from './given.ts'
import { placeDraft, placeOf } from './installation-choice.ts'
import { emptyReplacement, type ReplacementData } from './replacement.ts'

/** The parts of the answers that only a replacement has. */
export function replacementDraft(data: ReplacementData): Draft {
  const { elsewhere, path, replaces, found } = data
  return {
    installation: placeDraft(data),
    ...(elsewhere ? given('path', path) : {}),
    ...creatioDraft(data),
    ...given('replaces', replaces || found),
  }
}

function creatioDraft({ creatio, creatioPool, creatioContainer }: ReplacementData): Draft {
  if (creatio === 'unsaid' || creatio === 'myself') return {}
  const names = { ...given('pool', creatioPool), ...given('container', creatioContainer) }
  return Object.keys(names).length === 0 ? {} : { creatio: names }
}

export const replacementData = (answers: ReplaceCertificateAnswers): ReplacementData => ({
  ...emptyReplacement,
  ...placeOf(answers.installation),
  elsewhere: answers.path !== undefined,
  path: answers.path ?? '',
  creatio: answers.creatio === undefined ? 'myself' : 'typed',
  creatioPool: answers.creatio?.pool ?? '',
  creatioContainer: answers.creatio?.container ?? '',
  replaces: answers.replaces ?? '',
})
