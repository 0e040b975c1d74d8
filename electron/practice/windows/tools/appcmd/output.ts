import iconv from 'iconv-lite'
import { effective } from '../../configuration/edit.ts'
import { type ConfigElement, element } from '../../configuration/element.ts'
import { parsePath } from '../../configuration/path.ts'
import type { ElementSchema } from '../../configuration/schema.ts'
import { attributesText, elementXml } from '../../configuration/xml.ts'
import type { SimulatedServer } from '../../tool.ts'
import { type Row, valueOf } from './objects.ts'

/** `SITE "Shop" (id:2,…)`, a line for each object. */
export function asLines(rows: readonly Row[]): string {
  return rows.map(({ tag, name, text }) => `${tag} "${name}"${text === '' ? '' : ` ${text}`}\r\n`).join('')
}

/** One bare value for each object, or with `*` everything as a tree. */
export function asValues(rows: readonly Row[], attribute: string, server: SimulatedServer): string {
  if (attribute === '*') return rows.map((row) => tree(row, server)).join('')
  const { bracketsInQuotes } = server.state.unverified
  const path = parsePath(attribute, bracketsInQuotes) ?? []
  return rows.map((row) => `${valueOf(row, { name: attribute, path }, server)}\r\n`).join('')
}

/**
 * The XML form.
 * @param config with the configuration: what is set, or `*` for all of it
 */
export function asXml(rows: readonly Row[], config: string | undefined, server: SimulatedServer): string {
  const inner = rows.map(({ tag, xml, place }) => {
    const open = `    <${tag}${attributesText(xml)}`
    if (config === undefined || place === undefined) return `${open} />\r\n`
    const options = { all: config === '*', reveal: server.reveal, indent: '        ' }
    return `${open}>\r\n${elementXml(place.schema, place.config, options)}    </${tag}>\r\n`
  })
  return xmlDocument(inner.join(''))
}

/** Unverified on a real server: what no object looks like. */
export function xmlDocument(inner: string): string {
  const head = '<?xml version="1.0" encoding="UTF-8"?>\r\n'
  return inner === '' ? `${head}<appcmd></appcmd>\r\n` : `${head}<appcmd>\r\n${inner}</appcmd>\r\n`
}

/** XML as it comes out of a pipe; see `UnverifiedBehaviour.xmlEncoding`. */
export function xmlBytes(text: string, { state }: SimulatedServer): Buffer {
  const page = `cp${state.system.oemPage}`
  return iconv.encode(text, state.unverified.xmlEncoding === 'utf-8' ? 'utf-8' : page)
}

function tree({ tag, xml, place }: Row, server: SimulatedServer): string {
  const shown = xml.map(([name, value]) => `  ${name}:"${value}"\r\n`).join('')
  return `${tag}\r\n${shown}${place ? branch(place.schema, place.config, server, '  ') : ''}`
}

function branch(
  schema: ElementSchema,
  config: ConfigElement,
  server: SimulatedServer,
  indent: string,
): string {
  const attributes = Object.entries(schema.attributes).map(
    ([name, each]) => `${indent}  ${name}:"${effective(config, name, each, server.reveal)}"\r\n`,
  )
  const deeper = `${indent}  `
  const children = schema.elements.map((each) =>
    branch(each, config.elements[each.name] ?? element(), server, deeper),
  )
  const entries = config.items.map((item) => branch(schema.collection!.entry, item, server, deeper))
  return [`${indent}[${schema.name}]\r\n`, ...attributes, ...children, ...entries].join('')
}
