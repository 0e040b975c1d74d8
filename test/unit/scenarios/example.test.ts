import { describe, expect, it } from 'vitest'
import { answersSchema } from '../../../electron/contract/answers.ts'
import { contradictions } from '../../../electron/scenarios/new-installation/check-answers.ts'
import { EXAMPLE_DATABASES, exampleAnswers } from '../../../electron/scenarios/new-installation/example.ts'

describe('examples of answers', () => {
  it.each(
    EXAMPLE_DATABASES.flatMap((from) => (['iis', 'docker'] as const).map((kind) => [kind, from] as const)),
  )('for %s with a database from %s are complete', (kind, from) => {
    const answers = exampleAnswers(kind, 'win32', from)
    expect(answers.database.from).toBe(from)
    expect(answersSchema.parse(answers)).toEqual(answers)
    // Its paths are those of Windows, wherever this runs.
    const wrong = contradictions(answers).filter(({ what }) => !what.includes('is not a full path'))
    expect(wrong).toEqual([])
  })
})
