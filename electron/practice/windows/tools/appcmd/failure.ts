import type { Refusal } from '../../configuration/edit.ts'
import { Refused } from '../../configuration/edit.ts'
import type { Language } from '../../state.ts'
import { say, type Word } from './words.ts'

/** A call that appcmd ends with an error. */
export class AppcmdFailure extends Error {
  readonly code: number
  readonly word: Word | undefined
  readonly values: readonly string[]
  readonly hresult: string | undefined

  constructor(code: number, word?: Word, values: readonly string[] = [], hresult?: string) {
    super(word ?? `exit ${code}`)
    this.code = code
    this.word = word
    this.values = values
    this.hresult = hresult
  }
}

/** An error that comes as an HRESULT; of `8007xxxx` the exit code is the low half. */
export function commandFailed(code: number, word: Word): AppcmdFailure {
  return new AppcmdFailure(code, word, [], (0x80070000 + code).toString(16))
}

/** The line that appcmd writes to standard output; without a word it ends in silence. */
export function failureText({ word, values, hresult }: AppcmdFailure, language: Language): string {
  if (word === undefined) return ''
  const message = say(language, word, ...values)
  if (hresult === undefined) return `ERROR ( message:${message} )\r\n`
  return `ERROR ( hresult:${hresult}, message:${say(language, 'commandFailed', message)} )\r\n`
}

/**
 * Runs a change of the configuration, with its refusals in appcmd's words.
 * Unverified on a real server: the code 87 of an unknown attribute, of a missing key and of a wrong value.
 */
export function inAppcmdWords<T>(change: () => T): T {
  try {
    return change()
  } catch (error) {
    throw error instanceof Refused ? failureOf(error.refusal) : error
  }
}

function failureOf(refusal: Refusal): AppcmdFailure {
  switch (refusal.why) {
    case 'unknown-attribute':
      return new AppcmdFailure(87, 'unknownAttribute', [refusal.name])
    case 'no-entry':
      return new AppcmdFailure(4312, 'noEntry')
    case 'duplicate':
      return refusal.entry === 'add'
        ? new AppcmdFailure(183, 'duplicatePool', [refusal.value])
        : new AppcmdFailure(183, 'duplicate', [refusal.value])
    case 'key-missing':
      return new AppcmdFailure(87, 'keyMissing', [refusal.entry, refusal.key])
    case 'bad-value':
      return new AppcmdFailure(87, 'badValue', [refusal.name])
  }
}
