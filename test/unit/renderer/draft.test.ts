import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answersSchema } from '../../../electron/contract/answers.ts'
import { toDraft } from '../../../renderer/store/draft.ts'
import { fromAnswers } from '../../../renderer/store/fill.ts'
import { practiceAnswers } from '../../doubles/back-end/samples.ts'
import { dockerAnswers } from './answers.ts'

describe('the draft that the pages hand over', () => {
  it('gives back the very answers that filled the pages', () => {
    fc.assert(
      fc.property(dockerAnswers, (answers) => {
        expect(toDraft(fromAnswers(answers))).toEqual(answers)
      }),
    )
  })

  it('gives back the answers of a practice run, which has no container', () => {
    expect(toDraft(fromAnswers(practiceAnswers))).toEqual(practiceAnswers)
    const withPort = { ...practiceAnswers, practice: { port: 40_001 } }
    expect(toDraft(fromAnswers(withPort))).toEqual(withPort)
  })

  it('is accepted by the schema once everything is typed', () => {
    fc.assert(
      fc.property(dockerAnswers, (answers) => {
        expect(answersSchema.safeParse(toDraft(fromAnswers(answers))).success).toBe(true)
      }),
    )
  })

  it('leaves out what is empty, so that the back end names what is missing', () => {
    const slices = fromAnswers(practiceAnswers)
    const draft = toDraft({
      ...slices,
      files: { source: '', target: '', creatioFolder: '' },
      hosting: { hosting: 'docker', practicePort: '40001' },
      database: { ...slices.database, way: 'fields', port: '' },
    })
    expect(draft['service']).toEqual({})
    expect(draft).not.toHaveProperty('creatio')
    expect(draft).not.toHaveProperty('practice')
    expect(draft['database']).toEqual({ from: 'fields', provider: 'PostgreSQL' })
  })

  it('hands over a port that is no number as it was typed', () => {
    const slices = fromAnswers(practiceAnswers)
    const draft = toDraft({
      ...slices,
      hosting: { hosting: 'docker', practicePort: '' },
      container: { ...slices.container, httpPort: '80a' },
    })
    expect(draft['container']).toMatchObject({ httpPort: '80a' })
  })
})
