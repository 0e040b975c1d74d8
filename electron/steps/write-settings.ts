import { HIDDEN, Secret } from '../secrets/secret.ts'
import { patchSettings, type SettingsEdits } from '../service/settings-patch.ts'
import { decodeText } from '../text/encoding.ts'
import { patchStep, type PatchInput } from './patch-file.ts'
import { settingsPatch } from './settings-script.ts'

export interface SettingsInput extends PatchInput {
  readonly edits: SettingsEdits
  /** The same edits with secrets masked, for the plan. */
  readonly shown: SettingsEdits
}

/** appsettings.json. It holds the database password and the client secret. */
export const writeSettings = patchStep<SettingsInput>({
  kind: 'write-settings',
  patch: (bytes, { path, edits }) => patchSettings(bytes, edits, path),
  shown: (bytes, { path, shown }) => patchSettings(bytes, shown, path),
  text: (bytes, path) => decodeText(bytes, path).text,
  values: 'settings',
  script: (input, context) => [settingsPatch(input, context)],
})

/** Edits with every secret in them masked; `connectionString` has to be masked by who can take it apart. */
export function maskedEdits(edits: SettingsEdits, connectionString: Secret): SettingsEdits {
  const hidden = new Secret(HIDDEN)
  const { client, redisConnection } = edits
  return {
    ...edits,
    connectionString,
    ...(redisConnection === undefined ? {} : { redisConnection: hidden }),
    ...(client
      ? { client: { ...client, secret: hidden, ...(client.builtInSecret ? { builtInSecret: hidden } : {}) } }
      : {}),
  }
}
