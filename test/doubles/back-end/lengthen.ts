import { messages } from '../../../renderer/messages/index.ts'
import type { Script } from './scripted.ts'

// Imitates another language and a large company: texts that are half as long again, words without a gap among them,
// and names, addresses and folders that do not fit in a line.

const longer: readonly (readonly [RegExp, string])[] = [
  [/corp\.example/g, 'production.identity-and-access.corp-international.example'],
  [
    /C:\\IdentityService/g,
    'C:\\Program Files\\Creatio Production Environment\\IdentityServices\\IdentityService',
  ],
  [/\/srv\//g, '/srv/production-environment/identity-and-access-management/services/'],
  [/creatio_prod/g, 'creatio_production_environment_of_the_international_division'],
]

/** Half as long again; a word alone becomes a longer word. */
const half = (text: string): string =>
  text.includes(' ')
    ? `${text} ${text.slice(0, Math.ceil(text.length / 2)).trim()}`
    : text + text.slice(0, Math.ceil(text.length / 2)).toLowerCase()

/** Makes every text of the pages longer, in place. */
export function lengthenMessages(node: object = messages): void {
  for (const [key, value] of Object.entries(node) as [keyof typeof node, unknown][]) {
    if (typeof value === 'string') Object.assign(node, { [key]: half(value) })
    else if (typeof value === 'function')
      Object.assign(node, {
        [key]: (...given: unknown[]) => {
          const said: unknown = value(...given)
          return typeof said === 'string' ? half(said) : said
        },
      })
    else if (typeof value === 'object' && value !== null) lengthenMessages(value)
  }
}

/** The same answers with longer names of places. */
export const lengthened = (script: Partial<Script>): Partial<Script> =>
  Object.fromEntries(
    Object.entries(script).map(([name, reply]) => [
      name,
      async (...given: Parameters<typeof reply>) =>
        longerIn(await (reply as (...all: unknown[]) => unknown)(...given)),
    ]),
  )

function longerIn(value: unknown): unknown {
  if (typeof value === 'string')
    return longer.reduce((text, [short, long]) => text.replace(short, () => long), value)
  if (Array.isArray(value)) return value.map(longerIn)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, longerIn(one)]))
}
