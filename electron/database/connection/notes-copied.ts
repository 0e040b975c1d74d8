import type { ConnectionNote } from '../../contract/database.ts'
import type { KeywordValue } from './keyword-values.ts'
import { XML_SIGN } from './xml-signs.ts'

/** Spaces that are none of the keyboard's, and marks that take no room, such as U+200B and U+FEFF. */
const UNSEEN = /[^\P{Zs} ]|\p{Default_Ignorable_Code_Point}|\p{Cf}/u
const TYPOGRAPHIC = /^[“”„‟«»‘’‚].*[“”„‟«»‘’]$/su

/** What copying from mail, documents and XML files leaves in values, where nobody sees it. Shows no value. */
export function copiedNotes(pairs: readonly KeywordValue[]): readonly ConnectionNote[] {
  return pairs.flatMap(({ keyword, value }) => {
    const said = copied(value)
    return said ? [{ level: 'warning' as const, keyword, ...saidOf(keyword, said) }] : []
  })
}

type Copied = 'xml' | { readonly quote: string } | { readonly sign: string }

function copied(value: string): Copied | undefined {
  if (XML_SIGN.test(value)) return 'xml'
  if (TYPOGRAPHIC.test(value)) return { quote: codeOf(value) }
  const sign = UNSEEN.exec(value)?.[0]
  return sign === undefined ? undefined : { sign: codeOf(sign) }
}

function saidOf(keyword: string, said: Copied): Pick<ConnectionNote, 'text' | 'next'> {
  if (said === 'xml')
    return {
      text: `The value of “${keyword}” spells a sign as XML does, such as “&amp;” for “&”.`,
      next: `Enter “${keyword}” as it is without XML, unless that is how it is.`,
    }
  if ('quote' in said)
    return {
      text: `The value of “${keyword}” stands in typographic quotes (${said.quote}), which the driver takes for a part of it.`,
      next: `Enter “${keyword}” in straight quotes, or without.`,
    }
  return {
    text: `The value of “${keyword}” holds a sign that is not seen (${said.sign}), as copying from mail and documents brings it along.`,
    next: `Enter “${keyword}” anew by the keyboard.`,
  }
}

function codeOf(text: string): string {
  return `U+${text.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`
}
