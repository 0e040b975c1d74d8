import { Secret } from '../secrets/secret.ts'
import { EditedText } from '../text/edited-text.ts'
import { decodeText, encodeText, type DecodedText } from '../text/encoding.ts'
import { changeClient, type ClientChange } from './clients-change.ts'
import { patchClients, type ClientEdit } from './clients-patch.ts'
import { foldKey, parseSettings } from './settings-tree.ts'
import { settingOf, setSetting, type Scalar } from './settings-value.ts'

/** The vendor's two words for the kind of database. */
type DbProvider = 'Postgres' | 'MsSqlServer'

/** What to change in `appsettings.json`; what is left out stays as it is. */
export interface SettingsEdits {
  readonly dbProvider?: DbProvider
  /** Goes to `DatabaseConnectionString`, and to the provider's older key where that stands in the file. */
  readonly connectionString?: Secret
  /** Writes the provider's older key too when it is missing: the container documentation names only that one. */
  readonly alsoProviderKey?: boolean
  readonly client?: ClientEdit
  /** A client that is there already and is to be another one. */
  readonly clientChange?: ClientChange
  readonly x509CertificatePath?: string
  /** `Logging:LogLevel:Default`, such as `Debug`. */
  readonly logLevel?: string
  readonly redisConnection?: Secret | string
  /** Any other keys, with colons between levels, such as `ForceHttpsSchemeInRequests`. */
  readonly set?: readonly { readonly path: string; readonly value: Scalar | Secret }[]
}

/**
 * `appsettings.json` with the wanted values in it. Everything else stays byte for byte: encoding, byte order mark,
 * line ends, order, comments, unknown keys; values keep their JSON type. Bytes that are already as wanted come back
 * as they are.
 *
 * Throws `settings.*` and `text.*`, see {@link parseSettings}, {@link setSetting}, {@link patchClients}.
 */
export function patchSettings(bytes: Uint8Array, edits: SettingsEdits, file?: string): Uint8Array {
  const { decoded, edited } = editSettings(bytes, edits, file)
  return edited.text === decoded.text ? bytes : encodeText(decoded, edited.text)
}

/** As {@link patchSettings}, with the single places that change. Throws the same. */
export function editSettings(
  bytes: Uint8Array,
  edits: SettingsEdits,
  file?: string,
): { readonly decoded: DecodedText; readonly edited: EditedText } {
  const decoded = decodeText(bytes, file)
  const edited = new EditedText(decoded.text)
  const set = (path: string, value: Scalar | Secret | undefined) => {
    if (value === undefined) return
    const plain = value instanceof Secret ? value.open() : value
    edited.apply(setSetting(parseSettings(edited.text, file), path, plain))
  }
  set('DbProvider', edits.dbProvider)
  set('DatabaseConnectionString', edits.connectionString)
  const older = olderKey(edited.text, edits, file)
  if (older !== undefined) set(older, edits.connectionString)
  set('RedisConnection', edits.redisConnection)
  set('X509CertificatePath', edits.x509CertificatePath)
  set('Logging:LogLevel:Default', edits.logLevel)
  for (const { path, value } of edits.set ?? []) set(path, value)
  if (edits.client) patchClients(edited, edits.client, file)
  if (edits.clientChange) changeClient(edited, edits.clientChange, file)
  parseSettings(edited.text, file)
  return { decoded, edited }
}

function olderKey(text: string, edits: SettingsEdits, file: string | undefined): string | undefined {
  const tree = parseSettings(text, file)
  const provider = edits.dbProvider ?? settingOf(tree, 'DbProvider') ?? ''
  const key = /postgre/i.test(provider)
    ? 'PostgresConnection'
    : /sql/i.test(provider)
      ? 'MsSqlConnection'
      : undefined
  return key !== undefined && (edits.alsoProviderKey || tree.values.has(foldKey(key))) ? key : undefined
}
