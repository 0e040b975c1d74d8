import { parse } from 'jsonc-parser'
import { decodeText } from '../text/encoding.ts'

/** What a setup writes; in an image it comes by a mounted file or by variables. */
const OURS =
  /^(DbProvider|DatabaseConnectionString|PostgresConnection|MsSqlConnection|MongoConnection|RedisConnection|Clients|X509CertificatePath|ForceHttpsSchemeInRequests)$/i

/**
 * `appsettings.json` as it may stand in an image: everything but what a setup writes, so that neither this
 * installation's secrets nor the vendor's sample ones lie in a layer, and the same before and after a setup.
 */
export function imageSettings(bytes: Uint8Array, file?: string): Uint8Array {
  const settings: unknown = parse(decodeText(bytes, file).text, [], { allowTrailingComma: true })
  const kept = Object.entries(settings ?? {}).filter(
    ([key]) => !OURS.test(key) && !/^Logging(:|$)/i.test(key),
  )
  return Buffer.from(`${JSON.stringify(Object.fromEntries(kept), undefined, 2)}\n`)
}
