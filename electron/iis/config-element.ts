import { Secret } from '../secrets/secret.ts'

/**
 * An element of IIS's configuration as appcmd prints it. What may hold a password is a {@link Secret} from the moment
 * it is read: `/config` prints the passwords of pools and virtual directories in clear text.
 */
export interface ConfigElement {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string | Secret>
  readonly children: readonly ConfigElement[]
}

/** An element made here; attributes that are undefined are left out. */
export function configElement(
  name: string,
  attributes: Readonly<Record<string, string | Secret | undefined>> = {},
  children: readonly ConfigElement[] = [],
): ConfigElement {
  return withAttributes({ name, attributes: new Map(), children }, attributes)
}

/** The value of an attribute, its name in any case; undefined where it is missing or secret. */
export function attribute(element: ConfigElement | undefined, name: string): string | undefined {
  const value = element?.attributes.get(spelling(element, name))
  return typeof value === 'string' ? value : undefined
}

/** The value of a secret attribute, its name in any case; undefined where it is missing or empty. */
export function secretAttribute(element: ConfigElement | undefined, name: string): Secret | undefined {
  const value = element?.attributes.get(spelling(element, name))
  return value instanceof Secret ? value : undefined
}

/** The first child of that name. */
export function child(element: ConfigElement | undefined, name: string): ConfigElement | undefined {
  return element?.children.find((each) => same(each.name, name))
}

/** All children of that name. */
export function childrenOf(element: ConfigElement | undefined, name: string): readonly ConfigElement[] {
  return element?.children.filter((each) => same(each.name, name)) ?? []
}

/** Whether a password or another secret stands in an element or below it. */
export function holdsSecret(element: ConfigElement): boolean {
  return (
    [...element.attributes.values()].some((value) => value instanceof Secret) ||
    element.children.some(holdsSecret)
  )
}

/** A copy with other attributes; undefined removes one. The others keep their values and their places. */
export function withAttributes(
  element: ConfigElement,
  changes: Readonly<Record<string, string | Secret | undefined>>,
): ConfigElement {
  const attributes = new Map(element.attributes)
  for (const [name, value] of Object.entries(changes)) {
    const key = spelling(element, name)
    if (value === undefined) attributes.delete(key)
    else attributes.set(key, value)
  }
  return { ...element, attributes }
}

/** A copy in which a child is changed; `change` gets an empty element where there is none yet. */
export function withChild(
  element: ConfigElement,
  name: string,
  change: (child: ConfigElement) => ConfigElement,
): ConfigElement {
  const at = element.children.findIndex((each) => same(each.name, name))
  if (at === -1) return { ...element, children: [...element.children, change(configElement(name))] }
  return { ...element, children: element.children.map((each, index) => (index === at ? change(each) : each)) }
}

/** Names of sites, pools, elements and attributes are the same in any case. */
export function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}

/** The name of an attribute as the element spells it. */
function spelling(element: ConfigElement, name: string): string {
  if (element.attributes.has(name)) return name
  return [...element.attributes.keys()].find((key) => same(key, name)) ?? name
}
