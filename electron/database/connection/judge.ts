import type { DatabaseDrivers, Provider } from '../../contract/database.ts'
import {
  exactKeyword,
  meantKeyword,
  similarKeyword,
  spellingToWrite,
  wordIn,
  type DriverKeyword,
  type DriverVocabulary,
} from './driver-keywords.ts'
import { judgeValue } from './driver-values.ts'
import { driverName, driverVersion, isAtLeast } from './driver-version.ts'
import type { KeywordValue } from './keyword-values.ts'
import { npgsqlVocabulary } from './npgsql-keywords.ts'
import { sqlClientVocabulary } from './sqlclient-keywords.ts'

/** What becomes of one `keyword=value` for the service's driver. */
export type PairVerdict =
  | {
      readonly kind: 'kept'
      readonly known: DriverKeyword
      /** The spelling and the value that the driver takes, where they are others. */
      readonly keyword?: string
      readonly value?: string
    }
  /** Left out, and why nothing is missed. */
  | { readonly kind: 'left-out'; readonly known?: DriverKeyword; readonly why: string }
  /** The driver refuses it, and nothing here says what was meant. */
  | { readonly kind: 'refused'; readonly known?: DriverKeyword; readonly why: string; readonly next: string }

export function vocabularyOf(provider: Provider): DriverVocabulary {
  return provider === 'PostgreSQL' ? npgsqlVocabulary : sqlClientVocabulary
}

/** Judges a pair as the service's driver would: `Keyword not supported`, `Couldn't set …`, or taken. */
export function judgePair(
  { keyword, value }: KeywordValue,
  provider: Provider,
  drivers?: DatabaseDrivers,
): PairVerdict {
  const vocabulary = vocabularyOf(provider)
  const version = driverVersion(provider, drivers)
  const exact = exactKeyword(vocabulary, keyword)
  const known = exact ?? meantKeyword(vocabulary, keyword)
  if (!known) return unknown(vocabulary, keyword, driverName(provider, drivers))
  const why = needlessValue(vocabulary, known, value)
  if (why !== undefined) return { kind: 'left-out', why }
  if (version !== undefined && known.from !== undefined && !isAtLeast(version, known.from))
    return {
      kind: 'refused',
      why: `${driverName(provider, drivers)} does not know “${keyword}”, which came with version ${known.from}.`,
      next: `Take “${keyword}” out.`,
    }
  const respelled = !exact || nameTooNew(known, keyword, version) ? { keyword: spellingToWrite(known) } : {}
  if (known.kind !== undefined && value.trim() === '')
    return { kind: 'left-out', known, why: 'it has no value' }
  const judged = judgeValue(vocabulary, known, value, version)
  if (judged.kind === 'refused')
    return {
      kind: 'refused',
      known,
      why: `The service’s driver refuses the value of “${keyword}”.`,
      next: `Enter ${judged.wanted} for “${keyword}”.`,
    }
  return { kind: 'kept', known, ...respelled, ...(judged.kind === 'instead' ? { value: judged.value } : {}) }
}

/** `Trust Server Certificate` with spaces, for a driver that knows it without only. */
function nameTooNew(
  { name, nameFrom }: DriverKeyword,
  keyword: string,
  version: string | undefined,
): boolean {
  return (
    nameFrom !== undefined &&
    version !== undefined &&
    name.toLowerCase() === keyword.toLowerCase() &&
    !isAtLeast(version, nameFrom)
  )
}

/** Why a pair says nothing that the driver would not do without it, and may be refused for. */
function needlessValue(
  vocabulary: DriverVocabulary,
  { name }: DriverKeyword,
  value: string,
): string | undefined {
  const word = value.trim().toLowerCase()
  if (word === '' && vocabulary.refusesEmpty.includes(name))
    return 'it is empty, and the driver does not take that'
  if (name === 'Context Connection' && ['', 'false', 'no'].includes(word))
    return 'the driver for .NET has no such connection'
  return undefined
}

function unknown(vocabulary: DriverVocabulary, keyword: string, driver: string): PairVerdict {
  const why = wordIn(vocabulary.needless, keyword)
  if (why !== undefined) return { kind: 'left-out', why }
  const similar = similarKeyword(vocabulary, keyword)
  return {
    kind: 'refused',
    why: `${driver} does not know the keyword “${keyword}” and would not start with it.`,
    next:
      wordIn(vocabulary.instead, keyword) ??
      (similar
        ? `Write “${spellingToWrite(similar)}” if that is meant, or take “${keyword}” out.`
        : `Take “${keyword}” out; where it is part of a password that holds “;”, put the password in quotes.`),
  }
}
