import type { Random } from '../machine/machine.ts'
import { Secret } from '../secrets/secret.ts'

/** Without what the eye takes for one another: O and 0, I, l and 1, o. */
const kinds = [
  'ABCDEFGHJKLMNPQRSTUVWXYZ',
  'abcdefghijkmnpqrstuvwxyz',
  '23456789',
  // No shell, URL or configuration file on the way reads these as something else.
  '-_.',
] as const
const ends = kinds[0] + kinds[1] + kinds[2]
const middle = ends + kinds[3]

/** Shorter ones could fall below what `passwordStrength` asks for. */
const LEAST = 16
/** A text fails with a chance below 0.8 (16 characters); 500 failures in a row do not happen by chance. */
const MOST_DRAWS = 500

/**
 * A password that `passwordStrength` accepts, easily read and typed: about 5.8 bits a character, 138 by default. Every
 * text that fits is equally likely: whole texts are drawn, and drawn again when one does not fit.
 *
 * @param length characters, 16 or more.
 */
export function generatePassword(random: Random, length = 24): Secret {
  if (length < LEAST) throw new RangeError(`A password of ${length} characters is too short.`)
  for (let attempt = 0; attempt < MOST_DRAWS; attempt++) {
    let text = ''
    for (let at = 0; at < length; at++) {
      const alphabet = at === 0 || at === length - 1 ? ends : middle
      text += alphabet[random.below(alphabet.length)]
    }
    if (fits(text)) return new Secret(text)
  }
  throw new Error('The source of random numbers does not behave like one.')
}

/** At least one character of each kind; no two special ones side by side, which a reader would count wrongly. */
function fits(text: string): boolean {
  return (
    kinds.every((kind) => [...text].some((character) => kind.includes(character))) && !/[-_.]{2}/.test(text)
  )
}
