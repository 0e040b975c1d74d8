import { ANSWERS_VERSION, answersSchema, type Answers } from '../../contract/answers.ts'
import { checkAnswers } from '../../setup/answers.ts'
import { exampleAnswers } from '../../scenarios/new-installation/example.ts'

/** Answers as far as a page has them; a call that needs more says what is missing. */
export type Draft = Readonly<Record<string, unknown>>

/**
 * Answers to look around with while the wizard is only half filled in: what the draft lacks, or has wrong, is
 * taken from the example. Never to be carried out.
 */
export function lenient(draft: Draft, platform: NodeJS.Platform): Answers {
  const kind = draft['practice'] === true ? 'practice' : draft['hosting'] === 'iis' ? 'iis' : 'docker'
  let answers = exampleAnswers(kind, platform)
  for (const [key, value] of Object.entries(draft)) {
    const checked = checkAnswers({ ...answers, [key]: value }, answersSchema, ANSWERS_VERSION)
    if ('answers' in checked) answers = checked.answers
  }
  return answers
}
