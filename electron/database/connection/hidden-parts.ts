import type { Secret } from '../../secrets/secret.ts'
import { parseConnectionString, secretsIn } from './connection-string.ts'

/** What of a connection string must not be shown: the password; all of it when it cannot be taken apart. */
export function hiddenParts(text: Secret): readonly Secret[] {
  try {
    return secretsIn(parseConnectionString(text))
  } catch {
    return [text]
  }
}
