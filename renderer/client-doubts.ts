import type { FieldNote } from '../electron/contract/views.ts'
import { messages } from './messages/index.ts'
import type { Fault } from './store/faults.ts'
import type { SecretSlot } from './store/secret-slot.ts'

/** Lengths of the vendor's documentation; another length needs "use anyway". */
export const idLength = 16
export const secretLength = 32

interface Values {
  readonly id: string
  readonly secret: SecretSlot
}

const isTyped = (id: string): boolean => id !== '' && id !== 'generate'

/**
 * What needs “use anyway”: values of another length than the documentation's, and what the back end warns of. Empty
 * values have no length.
 */
export function doubts(values: Values, notes: readonly FieldNote[]): readonly Fault[] {
  const lengths = lengthFaults(values)
  const warned = notes.filter(
    ({ field, level }) => level === 'warning' && !lengths.some(({ path }) => path === field),
  )
  return [...lengths, ...warned.map(({ field, text }) => ({ path: field, text }))]
}

function lengthFaults({ id, secret }: Values): readonly Fault[] {
  const text = messages.client
  const faults: Fault[] = []
  if (isTyped(id) && id.length !== idLength) faults.push({ path: 'client.id', text: text.idLength })
  if (secret.length !== undefined && secret.length !== secretLength)
    faults.push({ path: 'client.secret', text: text.secretLength })
  return faults
}
