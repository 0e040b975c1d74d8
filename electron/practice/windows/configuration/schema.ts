/** How a value is checked; text given as another spelling of it is stored in the schema's own. */
type ValueType = 'string' | 'bool' | 'uint' | 'timeSpan' | { readonly oneOf: readonly string[] }

export interface AttributeSchema {
  readonly type: ValueType
  /** Left out: there is no default, the attribute is empty until set. */
  readonly otherwise?: string
  /** Kept encrypted. */
  readonly secret?: true
}

export interface ElementSchema {
  /** Name of the element, and of an entry in a collection. */
  readonly name: string
  readonly attributes: Readonly<Record<string, AttributeSchema>>
  readonly elements: readonly ElementSchema[]
  /** Entries, where the element is a collection, and the attributes that tell them apart. */
  readonly collection?: { readonly entry: ElementSchema; readonly keys: readonly string[] }
}

export const text = (otherwise?: string): AttributeSchema => ({
  type: 'string',
  ...(otherwise === undefined ? {} : { otherwise }),
})
export const password: AttributeSchema = { type: 'string', secret: true }
export const bool = (otherwise: boolean): AttributeSchema => ({ type: 'bool', otherwise: String(otherwise) })
export const uint = (otherwise?: number): AttributeSchema => ({
  type: 'uint',
  ...(otherwise === undefined ? {} : { otherwise: String(otherwise) }),
})
export const timeSpan = (otherwise?: string): AttributeSchema => ({
  type: 'timeSpan',
  ...(otherwise === undefined ? {} : { otherwise }),
})
export const oneOf = (values: readonly string[], otherwise: string): AttributeSchema => ({
  type: { oneOf: values },
  otherwise,
})

/** The value as it is stored, or undefined when the schema refuses it. Enumerations are also known by number. */
export function checkedValue(schema: AttributeSchema, value: string): string | undefined {
  const { type } = schema
  if (type === 'string') return value
  if (type === 'bool') return /^(true|false)$/i.test(value) ? value.toLowerCase() : undefined
  if (type === 'uint')
    return /^\d{1,10}$/.test(value) && Number(value) <= 0xffffffff ? String(Number(value)) : undefined
  if (type === 'timeSpan') return /^(\d+\.)?\d{2}:\d{2}:\d{2}$/.test(value) ? value : undefined
  return type.oneOf.find((known) => known.toLowerCase() === value.toLowerCase())
}
