import { type ConfigElement, element, lookUp, sameName } from './element.ts'
import type { PathPart } from './path.ts'
import { type AttributeSchema, checkedValue, type ElementSchema } from './schema.ts'

/** Why a change was refused. */
export type Refusal =
  | { readonly why: 'unknown-attribute'; readonly name: string }
  | { readonly why: 'no-entry' }
  | { readonly why: 'duplicate'; readonly entry: string; readonly key: string; readonly value: string }
  | { readonly why: 'key-missing'; readonly entry: string; readonly key: string }
  | { readonly why: 'bad-value'; readonly name: string }

/** Thrown by the functions of this file. */
export class Refused extends Error {
  readonly refusal: Refusal
  constructor(refusal: Refusal) {
    super(refusal.why)
    this.refusal = refusal
  }
}

/** An element of the configuration together with what the schema says of it. */
export interface Place {
  readonly schema: ElementSchema
  readonly config: ConfigElement
}

/** How a value is kept: encrypted where the schema says so. */
export type Protect = (text: string) => string

/** Sets the attribute at the end of a path. */
export function setAttribute(place: Place, path: readonly PathPart[], value: string, protect: Protect): void {
  const target = descend(place, path.slice(0, -1))
  const last = path.at(-1)
  if (last === undefined || 'entry' in last) throw new Refused({ why: 'unknown-attribute', name: '' })
  const [name, schema] = attributeOf(target.schema, last.name)
  put(target.config, name, schema, value, protect)
}

/** Adds the entry at the end of a path to its collection. */
export function addEntry(place: Place, path: readonly PathPart[], protect: Protect): void {
  const collection = descend(place, path.slice(0, -1))
  const last = path.at(-1)
  if (last === undefined || 'name' in last)
    throw new Refused({ why: 'unknown-attribute', name: last?.name ?? '' })
  const { entry, keys } = collectionOf(collection.schema)
  const made = element()
  for (const [name, value] of Object.entries(last.entry)) {
    const [known, schema] = attributeOf(entry, name)
    put(made, known, schema, value, protect)
  }
  insert(collection, made, entry, keys)
}

/** Adds a finished entry to a collection, unless one with the same key is there. */
export function insert(
  { config }: Place,
  made: ConfigElement,
  entry: ElementSchema,
  keys: readonly string[],
): void {
  for (const key of keys)
    if (made.attributes[key] === undefined) throw new Refused({ why: 'key-missing', entry: entry.name, key })
  if (config.items.some((item) => keys.every((key) => sameName(item.attributes[key], made.attributes[key]!))))
    throw new Refused({
      why: 'duplicate',
      entry: entry.name,
      key: keys.join(', '),
      value: keys.map((key) => made.attributes[key]).join(', '),
    })
  config.items.push(made)
}

/** Removes the entry at the end of a path from its collection. */
export function removeEntry(place: Place, path: readonly PathPart[]): void {
  const collection = descend(place, path.slice(0, -1))
  const last = path.at(-1)
  if (last === undefined || 'name' in last)
    throw new Refused({ why: 'unknown-attribute', name: last?.name ?? '' })
  const found = entryOf(collection, last.entry)
  collection.config.items.splice(collection.config.items.indexOf(found.config), 1)
}

/** The effective value of an attribute: as set, else the default; undefined when nothing knows the path. */
export function valueAt(place: Place, path: readonly PathPart[], reveal: Protect): string | undefined {
  try {
    const target = descend(place, path.slice(0, -1))
    const last = path.at(-1)
    if (last === undefined || 'entry' in last) return undefined
    const [name, schema] = attributeOf(target.schema, last.name)
    return effective(target.config, name, schema, reveal)
  } catch (error) {
    if (error instanceof Refused) return undefined
    throw error
  }
}

export function effective(
  { attributes }: ConfigElement,
  name: string,
  schema: AttributeSchema,
  reveal: Protect,
): string {
  const value = attributes[name]
  if (value === undefined) return schema.otherwise ?? ''
  return schema.secret ? reveal(value) : value
}

/** Only what differs from the default is kept, so that setting a value back leaves no trace. */
function put(
  { attributes }: ConfigElement,
  name: string,
  schema: AttributeSchema,
  value: string,
  protect: Protect,
): void {
  const checked = checkedValue(schema, value)
  if (checked === undefined) throw new Refused({ why: 'bad-value', name })
  if (checked === (schema.secret ? '' : schema.otherwise)) delete attributes[name]
  else attributes[name] = schema.secret ? protect(checked) : checked
}

function descend(place: Place, path: readonly PathPart[]): Place {
  return path.reduce<Place>(
    (at, part) => ('entry' in part ? entryOf(at, part.entry) : child(at, part.name)),
    place,
  )
}

function child({ schema, config }: Place, name: string): Place {
  const known = schema.elements.find((each) => sameName(each.name, name))
  if (known === undefined) throw new Refused({ why: 'unknown-attribute', name })
  return { schema: known, config: (config.elements[known.name] ??= element()) }
}

function entryOf({ schema, config }: Place, wanted: Readonly<Record<string, string>>): Place {
  const { entry } = collectionOf(schema)
  const asked = Object.entries(wanted).map(([name, value]) => [...attributeOf(entry, name), value] as const)
  const found = config.items.find((item) =>
    asked.every(([name, known, value]) =>
      sameName(
        effective(item, name, known, (text) => text),
        value,
      ),
    ),
  )
  if (found === undefined) throw new Refused({ why: 'no-entry' })
  return { schema: entry, config: found }
}

function collectionOf(schema: ElementSchema): NonNullable<ElementSchema['collection']> {
  if (schema.collection === undefined) throw new Refused({ why: 'unknown-attribute', name: schema.name })
  return schema.collection
}

function attributeOf(schema: ElementSchema, name: string): readonly [string, AttributeSchema] {
  const found = lookUp(schema.attributes, name)
  if (found === undefined) throw new Refused({ why: 'unknown-attribute', name })
  return found
}
