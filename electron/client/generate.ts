import type { Random } from '../machine/machine.ts'
import { Secret } from '../secrets/secret.ts'
import { CLIENT_ID_LENGTH, CLIENT_SECRET_LENGTH } from './limits.ts'

const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const LOWER = 'abcdefghijklmnopqrstuvwxyz'
const DIGITS = '0123456789'
/**
 * Of the special characters the vendor's pages allow, those that nobody on the way reads as something else: JSON and XML
 * (`"` `\` `&` `<` `>`), connection strings and .env files (`;` `=` `#` `'`), URL forms (`+` `%` `&` `~`), cmd (`%` `!` `^` `|`),
 * PowerShell and sh (`$` `` ` `` `(` `{` `*` `?` `!` `@` `,`). No encoder in between has anything to change.
 */
const SPECIAL = '-_.'

const CLASSES = [UPPER, LOWER, DIGITS, SPECIAL] as const
const ENDS = UPPER + LOWER + DIGITS
const MIDDLE = ENDS + SPECIAL

/** An id fails with a chance of 0.6, a secret with less; 200 failures in a row do not happen by chance. */
const MOST_DRAWS = 200

/** A client id of exactly 16 characters, the length the vendor asks for. */
export function generateClientId(random: Random): string {
  return draw(CLIENT_ID_LENGTH, random)
}

/** A client secret of exactly 32 characters, the length the vendor asks for: about 190 bits. */
export function generateClientSecret(random: Random): Secret {
  return new Secret(draw(CLIENT_SECRET_LENGTH, random))
}

/** Every text that {@link fits} is equally likely: whole texts are drawn, and drawn again when one does not fit. */
function draw(length: number, random: Random): string {
  for (let attempt = 0; attempt < MOST_DRAWS; attempt++) {
    let text = ''
    for (let at = 0; at < length; at++) {
      const alphabet = at === 0 || at === length - 1 ? ENDS : MIDDLE
      text += alphabet[random.below(alphabet.length)]
    }
    if (fits(text)) return text
  }
  throw new Error('The source of random numbers does not behave like one.')
}

/**
 * At least one character of each kind; and no two special ones side by side, since `--` starts a comment in SQL and
 * may not stand in one in XML. The ends are letters or digits, so that nothing looks like an option (`-x`) and a copy
 * that takes a full stop for the end of a sentence loses nothing.
 */
function fits(text: string): boolean {
  const special = (character: string) => SPECIAL.includes(character)
  return (
    CLASSES.every((kind) => [...text].some((character) => kind.includes(character))) &&
    ![...text].some((character, at) => special(character) && at > 0 && special(text[at - 1]!))
  )
}
