/** What a driver reads in a connection string under one keyword. */
export interface DriverKeyword {
  /** The driver's own name of it. */
  readonly name: string
  /** Other spellings that it takes. Spaces count, letter case does not. */
  readonly also?: readonly string[]
  /** `text` where left out. */
  readonly kind?: 'boolean' | 'integer' | 'choice' | 'list'
  /** First version that knows it, such as `9.0`; left out: every version that a service may bring. */
  readonly from?: string
  /** First version that knows {@link name}; the other spellings are older. */
  readonly nameFrom?: string
  /** Choice: what it may be, in any letter case. List: what stands between commas, in this one, perhaps after `!`. */
  readonly values?: readonly string[]
  /** Choice: values that older versions do not know, and the first version that does. */
  readonly newerValues?: { readonly from: string; readonly values: readonly string[] }
  /** Choice: letter case counts, other than in all others. */
  readonly exactCase?: boolean
  /** Integer: values below the smallest that mean something by themselves. */
  readonly besides?: readonly number[]
  /** Integer: smallest and largest value. */
  readonly min?: number
  readonly max?: number
  /** Text: most characters. */
  readonly longest?: number
}

/** The keywords of a driver, and what is made of words that others know. */
export interface DriverVocabulary {
  /** Such as `Npgsql`, for sentences. */
  readonly driver: string
  /** What it takes for true and false, beside `true` and `false`. */
  readonly otherBooleans: readonly string[]
  /** Names of keywords with which the driver would not start where their value is empty. */
  readonly refusesEmpty: readonly string[]
  readonly keywords: readonly DriverKeyword[]
  /** Words of other drivers, without space and in lower case, and the keyword that is meant. */
  readonly foreign: Readonly<Record<string, string>>
  /** Words that can be left out, without space and in lower case, and why nothing is missed. */
  readonly needless: Readonly<Record<string, string>>
  /** Words of other drivers that nothing here stands for, and what to do instead. */
  readonly instead: Readonly<Record<string, string>>
}

/** Lower case, without space, `_` and `-`: how a keyword is compared when it is not spelled as the driver wants it. */
export function loosely(keyword: string): string {
  return keyword.toLowerCase().replaceAll(/[\s_-]/g, '')
}

/** The keyword that the driver reads this spelling as, whatever its version. */
export function exactKeyword(vocabulary: DriverVocabulary, spelling: string): DriverKeyword | undefined {
  return indexOf(vocabulary).exact.get(spelling.toLowerCase())
}

/** The keyword that is meant by a spelling that the driver does not take. */
export function meantKeyword(vocabulary: DriverVocabulary, spelling: string): DriverKeyword | undefined {
  const foreign = wordIn(vocabulary.foreign, spelling)
  if (foreign !== undefined) return exactKeyword(vocabulary, foreign)
  return indexOf(vocabulary).loose.get(loosely(spelling))
}

/** What a list of words says about a keyword, which may be any word at all. */
export function wordIn(list: Readonly<Record<string, string>>, spelling: string): string | undefined {
  const word = loosely(spelling)
  return Object.hasOwn(list, word) ? list[word] : undefined
}

interface Index {
  readonly exact: ReadonlyMap<string, DriverKeyword>
  readonly loose: ReadonlyMap<string, DriverKeyword>
}

const indexes = new WeakMap<DriverVocabulary, Index>()

/** Every spelling of a vocabulary, made once. */
function indexOf(vocabulary: DriverVocabulary): Index {
  const known = indexes.get(vocabulary)
  if (known) return known
  const spellings = vocabulary.keywords.flatMap((keyword) =>
    [keyword.name, ...(keyword.also ?? [])].map((spelling) => ({ spelling, keyword })),
  )
  const index = {
    exact: new Map(spellings.map(({ spelling, keyword }) => [spelling.toLowerCase(), keyword])),
    loose: new Map(spellings.map(({ spelling, keyword }) => [loosely(spelling), keyword])),
  }
  indexes.set(vocabulary, index)
  return index
}

/** The spelling to write: the one that the most versions know. */
export function spellingToWrite({ name, nameFrom, also = [] }: DriverKeyword): string {
  return nameFrom === undefined ? name : (also[0] ?? name)
}

/** Longest word that is worth comparing: longer ones are no mistyped keyword. */
const LONGEST_WORD = 50

/** The keyword that most looks like a word nobody knows: one typing mistake or two away. */
export function similarKeyword(vocabulary: DriverVocabulary, spelling: string): DriverKeyword | undefined {
  const wanted = loosely(spelling)
  if (wanted.length > LONGEST_WORD) return undefined
  const near = [...indexOf(vocabulary).loose]
    .map(([known, keyword]) => ({ keyword, steps: distance(wanted, known) }))
    .toSorted((one, other) => one.steps - other.steps)[0]
  return near && near.steps <= Math.min(2, wanted.length / 4) ? near.keyword : undefined
}

/** Letters to be put in, taken out or exchanged to make one word of the other. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at)
  for (const [at, letter] of [...one].entries()) {
    const next = [at + 1]
    for (let to = 1; to <= other.length; to++)
      next.push(Math.min(next[to - 1]! + 1, row[to]! + 1, row[to - 1]! + (letter === other[to - 1] ? 0 : 1)))
    row = next
  }
  return row[other.length]!
}
