import { decodeText } from '../text/encoding.ts'
import { foldKey, parseSettings } from './settings-tree.ts'
import { settingOf } from './settings-value.ts'

/** Keys by which the service's settings file is told from another program's. */
export const SERVICE_KEYS = ['DbProvider', 'Clients', 'IssuerUri', 'X509CertificatePath'] as const

/** A settings file as the service sees it. */
export interface SettingsView {
  /** All keys that hold a value, as written, levels joined by colons. */
  readonly keys: readonly string[]
  /** The value of a key in any spelling, as text. May be a secret: it is for the redactor or the service, not for show. */
  value(key: string): string | undefined
  /** Whether a key holds something, be it a value or a group. */
  has(key: string): boolean
}

/** Reads `appsettings.json`. Throws what {@link parseSettings} and {@link decodeText} throw. */
export function readSettings(bytes: Uint8Array, file?: string): SettingsView {
  const tree = parseSettings(decodeText(bytes, file).text, file)
  return {
    keys: Array.from(tree.values.values(), ({ key }) => key),
    value: (key) => settingOf(tree, key),
    has: (key) =>
      tree.values.has(foldKey(key)) || tree.sections.some((section) => section.key === foldKey(key)),
  }
}
