import { editWebConfig, patchWebConfig, type WebConfigEdits } from '../service/web-config.ts'
import { decodeXml } from '../text/xml.ts'
import { patchStep, type PatchInput } from './patch-file.ts'
import { patchOf } from './settings-script.ts'

export interface WebConfigInput extends PatchInput {
  readonly edits: WebConfigEdits
}

/** The stdout log of web.config. */
export const writeWebConfig = patchStep<WebConfigInput>({
  kind: 'write-web-config',
  patch: (bytes, { path, edits }) => patchWebConfig(bytes, edits, path),
  text: (bytes, path) => decodeXml(bytes, path).text,
  values: 'logging attributes',
  script({ path, before, edits }) {
    const { decoded, changes } = editWebConfig(before, edits, path)
    return [patchOf({ path, before, decoded, private: false }, changes, (text) => [text])]
  },
})
