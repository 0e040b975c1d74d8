import type { FieldNote } from '../../electron/contract/views.ts'
import { latestOfSetup } from '../latest.ts'

const isOfSecret = ({ field }: FieldNote): boolean => field === 'client.secret'

/** What was said of a secret that is not there any more does not hold. */
export const notesWithoutSecret = (notes: readonly FieldNote[]): readonly FieldNote[] =>
  notes.filter((note) => !isOfSecret(note))

/**
 * What counts of what is said about a client's values, whatever the order of the replies: about the secret what was
 * said of the one that was typed last, about the rest what was said of the latest values.
 */
export function noteKeeper() {
  const beginValues = latestOfSetup()
  const beginSecret = latestOfSetup()
  /** Called when a question goes out; gives what makes the notes of the known ones and the reply. */
  return (aboutSecret: boolean) => {
    const ofValues = beginValues()
    const ofSecret = aboutSecret ? beginSecret() : () => false
    return (known: readonly FieldNote[], came: readonly FieldNote[]): readonly FieldNote[] => [
      ...notesWithoutSecret(ofValues() ? came : known),
      ...(ofSecret() ? came : known).filter(isOfSecret),
    ]
  }
}
