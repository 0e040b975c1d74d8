import { child, type Element, identifierOf, MalformedError } from './asn1/ber.ts'
import { escapeValue } from './subject.ts'

/** Short names of RFC 4514, 3, and those that OpenSSL and Windows show for others. */
const names: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.4': 'SN',
  '2.5.4.5': 'serialNumber',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.9': 'street',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '2.5.4.12': 'title',
  '2.5.4.42': 'GN',
  '2.5.4.97': 'organizationIdentifier',
  '1.2.840.113549.1.9.1': 'emailAddress',
  '0.9.2342.19200300.100.1.1': 'UID',
  '0.9.2342.19200300.100.1.25': 'DC',
}

/** A name as people write it, the most specific part first (RFC 4514); empty for a name without parts. @throws MalformedError */
export function distinguishedName(name: Element): string {
  return name.children
    .map((set) => set.children.map((part) => writtenPart(part)).join('+'))
    .toReversed()
    .join(', ')
}

function writtenPart(part: Element): string {
  const oid = identifierOf(child(part, 0))
  // A name is shown in consoles and pages, whoever wrote it.
  const value = escapeValue(textOf(child(part, 1))).replace(/\p{Cc}/gu, (sign) => `\\${hexOf(sign)}`)
  return `${names[oid] ?? oid}=${value}`
}

/** The string types of a name (RFC 5280, 4.1.2.4). */
function textOf({ tag, content }: Element): string {
  switch (tag) {
    case 0x1e:
      if (content.length % 2 !== 0) throw new MalformedError('Half a character.')
      return Buffer.from(content).swap16().toString('utf16le')
    case 0x0c:
      return content.toString('utf8')
    case 0x13:
    case 0x14:
    case 0x16:
    case 0x12:
    case 0x1a:
      return content.toString('latin1')
    default:
      return `#${content.toString('hex')}`
  }
}

function hexOf(sign: string): string {
  return sign.charCodeAt(0).toString(16).padStart(2, '0').toUpperCase()
}
