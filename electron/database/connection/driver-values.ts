import { isAtLeast } from './driver-version.ts'
import { loosely, type DriverKeyword, type DriverVocabulary } from './driver-keywords.ts'

/** Whether the driver takes a value, what it has to be instead, or what it wants. */
export type ValueVerdict =
  | { readonly kind: 'taken' }
  /** The same in the driver's words. */
  | { readonly kind: 'instead'; readonly value: string }
  /** Such as “a whole number”; the value itself is not named, for it may be a secret in the wrong place. */
  | { readonly kind: 'refused'; readonly wanted: string }

const TAKEN: ValueVerdict = { kind: 'taken' }
const MEANS_TRUE = ['yes', 'on', '1', 'sspi', 'mandatory']
const MEANS_FALSE = ['no', 'off', '0', 'optional']
const LARGEST_INTEGER = 2_147_483_647

/**
 * Judges a value as the driver's builder does: .NET's Boolean.Parse and Int32.Parse with space around them, names of a
 * choice in any letter case. An empty value leaves the driver's default.
 */
export function judgeValue(
  vocabulary: DriverVocabulary,
  keyword: DriverKeyword,
  value: string,
  version: string | undefined,
): ValueVerdict {
  if (value.trim() === '') return TAKEN
  switch (keyword.kind) {
    case 'boolean':
      return judgeBoolean(vocabulary, keyword, value.trim())
    case 'integer':
      return judgeInteger(keyword, value.trim())
    case 'choice':
      return inItsOwnSpelling(value, judgeChoice(keyword, value.trim(), version))
    case 'list':
      return judgeList(keyword, value)
    default:
      return keyword.longest !== undefined && value.length > keyword.longest
        ? { kind: 'refused', wanted: `at most ${keyword.longest} characters` }
        : TAKEN
  }
}

function judgeBoolean(vocabulary: DriverVocabulary, { name }: DriverKeyword, value: string): ValueVerdict {
  const word = value.toLowerCase()
  const own = [
    'true',
    'false',
    ...vocabulary.otherBooleans,
    ...(name === 'Integrated Security' ? ['sspi'] : []),
  ]
  if (own.includes(word)) return TAKEN
  if (MEANS_TRUE.includes(word)) return { kind: 'instead', value: 'True' }
  if (MEANS_FALSE.includes(word)) return { kind: 'instead', value: 'False' }
  return { kind: 'refused', wanted: 'True or False' }
}

function judgeInteger(
  { min = -LARGEST_INTEGER - 1, max = LARGEST_INTEGER, besides = [] }: DriverKeyword,
  value: string,
): ValueVerdict {
  const number = /^[+-]?\d+$/.test(value) ? Number(value) : Number.NaN
  if ((number >= min && number <= max) || besides.includes(number)) return TAKEN
  if (max !== LARGEST_INTEGER) return { kind: 'refused', wanted: `a whole number from ${min} to ${max}` }
  return { kind: 'refused', wanted: min < 0 ? 'a whole number' : `a whole number from ${min} on` }
}

/** Space in quotes: `Encrypt="True "` is refused where `Encrypt=True ` is taken. */
function inItsOwnSpelling(value: string, verdict: ValueVerdict): ValueVerdict {
  return verdict.kind === 'taken' && value !== value.trim()
    ? { kind: 'instead', value: value.trim() }
    : verdict
}

function judgeChoice(keyword: DriverKeyword, value: string, version: string | undefined): ValueVerdict {
  const newer = keyword.newerValues
  const tooOld = newer !== undefined && version !== undefined && !isAtLeast(version, newer.from)
  const values = (keyword.values ?? []).filter((known) => !(tooOld && newer.values.includes(known)))
  const exact = (known: string): boolean =>
    keyword.exactCase ? known === value : known.toLowerCase() === value.toLowerCase()
  if (values.some(exact)) return TAKEN
  const meant = values.find((known) => loosely(known) === loosely(value))
  if (meant !== undefined) return { kind: 'instead', value: meant }
  // A switch in other words: `Encrypt=1`, `Encrypt=Mandatory` for a driver that knows true and false only.
  if (values.includes('true') && MEANS_TRUE.includes(value.toLowerCase()))
    return { kind: 'instead', value: 'True' }
  if (values.includes('false') && MEANS_FALSE.includes(value.toLowerCase()))
    return { kind: 'instead', value: 'False' }
  return { kind: 'refused', wanted: `one of ${values.join(', ')}` }
}

function judgeList({ values = [] }: DriverKeyword, value: string): ValueVerdict {
  const known = value.split(',').every((word) => values.includes(word.trim().replace(/^!/, '')))
  return known ? TAKEN : { kind: 'refused', wanted: `some of ${values.join(', ')}` }
}
