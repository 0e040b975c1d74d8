import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { setupSchema } from '../../../electron/contract/answers.ts'
import { toDraft } from '../../../renderer/store/draft.ts'
import { fromAnswers } from '../../../renderer/store/fill.ts'
import { practiceAnswers } from '../../doubles/back-end/samples.ts'
import { clientChangeAnswers, dockerAnswers, iisAnswers, replacementAnswers } from './answers.ts'

const everyScenario = fc.oneof(dockerAnswers, iisAnswers, replacementAnswers, clientChangeAnswers)

describe('the draft that the pages hand over', () => {
  it('gives back the very answers that filled the pages', () => {
    fc.assert(
      fc.property(everyScenario, (answers) => {
        expect(toDraft(fromAnswers(answers))).toEqual(answers)
      }),
    )
  })

  it('gives back the answers of a practice run', () => {
    expect(toDraft(fromAnswers(practiceAnswers))).toEqual(practiceAnswers)
  })

  it('says nothing of the container under IIS, nor of the website in Docker', () => {
    const slices = fromAnswers(practiceAnswers)
    expect(toDraft(slices)).not.toHaveProperty('container')
    const inDocker = toDraft({ ...slices, hosting: { hosting: 'docker', practice: false } })
    expect(inDocker).toHaveProperty('container')
    expect(inDocker).not.toHaveProperty('website')
    expect(inDocker).not.toHaveProperty('practice')
  })

  it('is accepted by the schema once everything is typed', () => {
    fc.assert(
      fc.property(everyScenario, (answers) => {
        expect(setupSchema.safeParse(toDraft(fromAnswers(answers))).success).toBe(true)
      }),
    )
  })

  it('leaves out what is empty, so that the back end names what is missing', () => {
    const slices = fromAnswers(practiceAnswers)
    const draft = toDraft({
      ...slices,
      files: { source: '', target: '', creatioFolder: '' },
      hosting: { hosting: 'docker', practice: false },
      database: { ...slices.database, way: 'fields', port: '' },
    })
    expect(draft['service']).toEqual({})
    expect(draft).not.toHaveProperty('creatio')
    expect(draft['database']).toEqual({ from: 'fields', provider: 'PostgreSQL' })
  })

  it('hands over a port that is no number as it was typed', () => {
    const slices = fromAnswers(practiceAnswers)
    const draft = toDraft({
      ...slices,
      hosting: { hosting: 'docker', practice: false },
      container: { ...slices.container, httpPort: '80a' },
    })
    expect(draft['container']).toMatchObject({ httpPort: '80a' })
  })
})
