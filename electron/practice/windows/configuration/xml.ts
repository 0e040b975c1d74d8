import { type ConfigElement, element } from './element.ts'
import { effective, type Protect, Refused } from './edit.ts'
import { checkedValue, type ElementSchema } from './schema.ts'

export function attributesText(attributes: Iterable<readonly [string, string]>): string {
  return [...attributes].map(([name, value]) => ` ${name}="${escapeXml(value)}"`).join('')
}

/**
 * An element as XML. Child elements that are made for every entry, such as `processModel`, are shown even when
 * nothing is set in them.
 * @param all also what is not set, with its default
 */
export function elementXml(
  schema: ElementSchema,
  config: ConfigElement,
  { all, reveal, indent }: { readonly all: boolean; readonly reveal: Protect; readonly indent: string },
): string {
  const shown = Object.entries(schema.attributes)
    .filter(([name, { otherwise }]) => name in config.attributes || (all && otherwise !== undefined))
    .map(([name, attribute]) => [name, effective(config, name, attribute, reveal)] as const)
  const deeper = { all, reveal, indent: `${indent}  ` }
  const children = schema.elements.map((each) =>
    elementXml(each, config.elements[each.name] ?? element(), deeper),
  )
  const entries = config.items.map((item) => elementXml(schema.collection!.entry, item, deeper))
  const inner = [...children, ...entries].join('')
  const open = `${indent}<${schema.name}${attributesText(shown)}`
  return inner === '' ? `${open} />\r\n` : `${open}>\r\n${inner}${indent}</${schema.name}>\r\n`
}

/** An XML element as a parser gives it. */
export interface XmlNode {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly XmlNode[]
}

/**
 * The configuration that an XML element describes.
 * @throws Refused for names the schema does not know, as with XML of a newer IIS.
 */
export function elementOf(schema: ElementSchema, node: XmlNode, protect: Protect): ConfigElement {
  const made = element()
  for (const [name, value] of Object.entries(node.attributes)) {
    const known = schema.attributes[name]
    const checked = known && checkedValue(known, value)
    if (known === undefined) throw new Refused({ why: 'unknown-attribute', name })
    if (checked === undefined) throw new Refused({ why: 'bad-value', name })
    if (checked !== (known.secret ? '' : known.otherwise))
      made.attributes[name] = known.secret ? protect(checked) : checked
  }
  for (const each of node.children) {
    const known = schema.elements.find(({ name }) => name === each.name)
    if (known) made.elements[known.name] = elementOf(known, each, protect)
    else if (schema.collection?.entry.name === each.name)
      made.items.push(elementOf(schema.collection.entry, each, protect))
    else throw new Refused({ why: 'unknown-attribute', name: each.name })
  }
  return made
}

function escapeXml(text: string): string {
  const names: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
  return text.replace(/[&<>"\x00-\x1f]/g, (char) => names[char] ?? `&#x${char.charCodeAt(0).toString(16)};`)
}
