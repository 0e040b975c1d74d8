import { SetupError } from '../contract/problem.ts'
import { applyEdits, positionAt, type TextEdit } from '../text/edit.ts'
import { encodeText, type DecodedText } from '../text/encoding.ts'
import { decodeXml, escapeAttribute, scanXml, type XmlElement } from '../text/xml.ts'

/** What `web.config` tells the ASP.NET Core module. Missing attributes are undefined. */
export interface WebConfigView {
  readonly processPath?: string
  readonly arguments?: string
  readonly hostingModel?: string
  readonly stdoutLogEnabled?: string
  readonly stdoutLogFile?: string
  /** Modules named by the handlers, such as `AspNetCoreModuleV2`. */
  readonly modules: readonly string[]
}

export interface WebConfigEdits {
  readonly stdoutLogEnabled?: boolean
  /** Path prefix of the log files, relative to the service's folder or absolute. */
  readonly stdoutLogFile?: string
}

/**
 * Reads the `aspNetCore` element that applies to the service's folder.
 * Throws `xml.malformed`, `text.*`, `webconfig.not-a-config`, `webconfig.no-module`.
 */
export function readWebConfig(bytes: Uint8Array, file?: string): WebConfigView {
  const { text } = decodeXml(bytes, file)
  const elements = scanXml(text, file)
  const [element] = moduleElements(text, elements, file)
  const view: Record<string, string> = {}
  for (const { name, value } of element!.attributes) view[name] = value
  const take = (name: keyof Omit<WebConfigView, 'modules'>) =>
    view[name] === undefined ? {} : { [name]: view[name] }
  return {
    ...take('processPath'),
    ...take('arguments'),
    ...take('hostingModel'),
    ...take('stdoutLogEnabled'),
    ...take('stdoutLogFile'),
    modules: elements
      .filter(({ name, parent }) => name === 'add' && parent?.name === 'handlers')
      .flatMap(({ attributes }) =>
        attributes.filter(({ name }) => name === 'modules').map(({ value }) => value),
      ),
  }
}

/**
 * `web.config` with the wanted logging; every byte but the attribute values stays, and bytes that are already as
 * wanted come back as they are. Throws what {@link readWebConfig} throws.
 */
export function patchWebConfig(bytes: Uint8Array, edits: WebConfigEdits, file?: string): Uint8Array {
  const { decoded, changes } = editWebConfig(bytes, edits, file)
  if (changes.length === 0) return bytes
  const text = applyEdits(decoded.text, changes)
  return encodeText(decoded, text, (character) => `&#${character.codePointAt(0)};`)
}

/** As {@link patchWebConfig}, with the single places that change. Throws the same. */
export function editWebConfig(
  bytes: Uint8Array,
  edits: WebConfigEdits,
  file?: string,
): { readonly decoded: DecodedText; readonly changes: readonly TextEdit[] } {
  const decoded = decodeXml(bytes, file)
  const { text } = decoded
  const wanted = [
    ['stdoutLogEnabled', edits.stdoutLogEnabled?.toString()],
    ['stdoutLogFile', edits.stdoutLogFile],
  ] as const
  const changes = moduleElements(text, scanXml(text, file), file).flatMap((element) =>
    wanted.flatMap(([name, value]) => (value === undefined ? [] : setAttribute(text, element, name, value))),
  )
  return { decoded, changes }
}

/**
 * The `aspNetCore` elements for the folder itself: outside any `location`, or in one whose path is empty or `.`. A
 * location with another path is for an address below it. Throws `webconfig.not-a-config`, `webconfig.no-module`.
 */
export function moduleElements(
  text: string,
  elements: readonly XmlElement[],
  file: string | undefined,
): XmlElement[] {
  const refuse = (code: string, what: string, offset: number, next: string) =>
    new SetupError({
      code: `webconfig.${code}`,
      what,
      where: { ...(file === undefined ? {} : { file }), ...positionAt(text, offset) },
      next,
    })
  const root = elements[0]!
  if (root.name !== 'configuration')
    throw refuse(
      'not-a-config',
      `The file begins with ${root.name} where configuration is expected.`,
      root.offset,
      'Choose the web.config of the Identity Service.',
    )
  const all = elements.filter(({ name }) => name === 'aspNetCore')
  const own = all.filter((element) => ['', '.'].includes(locationOf(element)))
  if (own.length > 0) return own
  throw refuse(
    'no-module',
    all.length > 0
      ? `The only aspNetCore element is for the location ${locationOf(all[0]!)}, not for the service.`
      : 'The file has no aspNetCore element, so IIS would not start the service.',
    all[0]?.offset ?? root.offset,
    'Compare the file with the web.config in IdentityService.zip.',
  )
}

function locationOf(element: XmlElement): string {
  for (let parent = element.parent; parent; parent = parent.parent)
    if (parent.name === 'location')
      return parent.attributes.find(({ name }) => name === 'path')?.value.trim() ?? ''
  return ''
}

function setAttribute(text: string, element: XmlElement, name: string, value: string): TextEdit[] {
  const attribute = element.attributes.find((other) => other.name === name)
  if (attribute) {
    // IIS reads booleans in any case.
    const same =
      attribute.value === value || (/^(true|false)$/.test(value) && attribute.value.toLowerCase() === value)
    return same
      ? []
      : [
          {
            offset: attribute.valueOffset,
            length: attribute.valueEnd - attribute.valueOffset,
            text: escapeAttribute(value, attribute.quote),
          },
        ]
  }
  const [last, before] = [element.attributes.at(-1), element.attributes.at(-2)]
  const quote = last?.quote ?? '"'
  const gap = last && before ? text.slice(before.valueEnd + 1, last.offset) : ' '
  return [
    {
      offset: element.attributesEnd,
      length: 0,
      text: `${gap}${name}=${quote}${escapeAttribute(value, quote)}${quote}`,
    },
  ]
}
