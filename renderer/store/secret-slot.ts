/** A secret as the page knows it: where it is held and how long it is, never its value. */
export interface SecretSlot {
  /** `vault:…`, or what an answer file says (`env:…`, `file:…`, `stdin`, `generate`); empty: none. */
  readonly ref: string
  /** Characters; undefined when the page never saw the value. */
  readonly length?: number
}

export const noSecret: SecretSlot = { ref: '' }

/** What an answer file says about a secret. */
export const slotOf = (ref: string | undefined): SecretSlot => (ref === undefined ? noSecret : { ref })

/** Whether the running program holds the value, so that it can be shown and copied. */
export const isHeld = (slot: SecretSlot): boolean => slot.ref.startsWith('vault:')
