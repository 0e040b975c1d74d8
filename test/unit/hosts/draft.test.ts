import { expect, test } from 'vitest'
import { lenient } from '../../../electron/hosts/back-end/draft.ts'

const website = { site: 'S', pool: 'P', identity: { account: 'ApplicationPoolIdentity' } }

test('a website that is half typed has no name, no port and no URL of the example', () => {
  const answers = lenient({ hosting: 'iis', website }, 'win32')
  expect(answers.website).toEqual(website)
  expect(answers.publicUrl).toBeUndefined()
})

test('what is typed stands, and what is wrong is left out', () => {
  const draft = {
    hosting: 'iis',
    publicUrl: 'https://identity.example.com',
    website: { ...website, hostName: 'typed.example', http: { port: 'eighty' } },
  }
  const answers = lenient(draft, 'win32')
  expect(answers.publicUrl).toBe('https://identity.example.com')
  expect(answers.website).toEqual({ ...website, hostName: 'typed.example' })
})
