/** An element of applicationHost.config: only what is set, defaults come from the schema. */
export interface ConfigElement {
  attributes: Record<string, string>
  /** Child elements that occur once, such as `processModel`. */
  elements: Record<string, ConfigElement>
  /** Entries of the collection that this element is, if it is one. */
  items: ConfigElement[]
}

/** An element with nothing set but these attributes. */
export function element(attributes: Readonly<Record<string, string>> = {}): ConfigElement {
  return { attributes: { ...attributes }, elements: {}, items: [] }
}

/** The value that is kept under a name in any case, and the name as it is kept. */
export function lookUp<T>(
  record: Readonly<Record<string, T>>,
  name: string,
): readonly [string, T] | undefined {
  const lower = name.toLowerCase()
  return Object.entries(record).find(([key]) => key.toLowerCase() === lower)
}

export function sameName(one: string | undefined, other: string): boolean {
  return one?.toLowerCase() === other.toLowerCase()
}

/** Whether nothing is set in an element and below it. */
export function isEmpty({ attributes, elements, items }: ConfigElement): boolean {
  return Object.keys(attributes).length + items.length === 0 && Object.values(elements).every(isEmpty)
}
