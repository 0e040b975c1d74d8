import type { SecretSlot } from './secret-slot.ts'

/** Answers as far as they are typed; what is empty is left out, so that the back end says what is missing. */
export type Draft = Record<string, unknown>

export const given = (key: string, text: string): Draft => (text === '' ? {} : { [key]: text })

export const givenSecret = (key: string, slot: SecretSlot): Draft => given(key, slot.ref)

/** An answer that is left out unless it is yes. */
export const givenYes = (key: string, yes: boolean): Draft => (yes ? { [key]: true } : {})

/** Digits become a number; anything else goes as it is, for the back end to name. */
export function givenNumber(key: string, text: string): Draft {
  const typed = text.trim()
  return typed === '' ? {} : { [key]: /^\d{1,9}$/.test(typed) ? Number(typed) : typed }
}
