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
  const take = (changed: Draft) => {
    const checked = checkAnswers(changed, answersSchema, ANSWERS_VERSION)
    if ('answers' in checked) answers = checked.answers
  }
  for (const [key, value] of Object.entries(draft)) if (key !== 'website') take({ ...answers, [key]: value })
  // What is only half typed of a website must not bring in ports and names of the example.
  if (answers.website && isDraft(draft['website'])) {
    const { publicUrl, ...rest } = answers
    const { site, pool, identity } = answers.website
    const named = draft['publicUrl'] === publicUrl ? answers : rest
    take({ ...named, website: { site, pool, identity } })
    for (const [key, value] of Object.entries(draft['website']))
      take({ ...answers, website: { ...answers.website, [key]: value } })
  }
  return answers
}

function isDraft(value: unknown): value is Draft {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}

/** A text of a draft that is typed; undefined while it is not. */
export function textAt(draft: Draft, group: string, key: string): string | undefined {
  const value = (draft[group] as Record<string, unknown> | undefined)?.[key]
  return typeof value === 'string' && value !== '' ? value : undefined
}
