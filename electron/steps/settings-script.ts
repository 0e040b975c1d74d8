import { connectionPieces, type HiddenValue } from '../database/connection/pieces.ts'
import { parseConnectionString } from '../database/connection/connection-string.ts'
import { Secret } from '../secrets/secret.ts'
import { editSettings, type SettingsEdits } from '../service/settings-patch.ts'
import type {
  FilePatch,
  PatchEdit,
  ScriptContext,
  ScriptSecret,
  SpelledSecret,
  Template,
} from '../setup/script-parts.ts'
import { notScriptable } from '../setup/script-problem.ts'
import type { DecodedText } from '../text/encoding.ts'
import { sha256 } from './replace-file.ts'

interface SettingsFile {
  readonly path: string
  readonly before: Uint8Array
  readonly edits: SettingsEdits
}

/**
 * How a script patches appsettings.json. The edits are made with marks in place of the secrets, so that no secret is
 * near them; how deep in JSON a mark ended up is told by the backslashes before the quotation mark that it ends with.
 */
export function settingsPatch({ path, before, edits }: SettingsFile, context: ScriptContext): FilePatch {
  const { connectionString, client, redisConnection, set = [] } = edits
  if (redisConnection instanceof Secret || set.some(({ value }) => value instanceof Secret))
    throw notScriptable('secret', 'A setting is secret that a script cannot ask for.', INSTALL, path)
  const marks = new Marks()
  const marked: SettingsEdits = {
    ...edits,
    ...(connectionString ? { connectionString: markedConnection(connectionString, marks) } : {}),
    ...(client
      ? {
          client: {
            ...client,
            secret: marks.of({ secret: clientSecret(client, context), spelled: [] }),
            ...(client.builtInSecret ? { builtInSecret: marks.of({ secret: BUILT_IN, spelled: [] }) } : {}),
          },
        }
      : {}),
  }
  const { decoded, edited } = editSettings(before, marked, path)
  if (MARK.test(decoded.text))
    throw notScriptable('text', 'The file holds a text that scripts use as a mark.', INSTALL, path)
  const found = edited.edits()
  return patchOf({ path, before, decoded, private: true }, found, (text) => marks.template(text))
}

const INSTALL = 'Install with this program.'

/** A patch of a file as the archive holds it; the text of each edit is made a template. */
export function patchOf(
  about: Pick<SettingsFile, 'path' | 'before'> & {
    readonly decoded: DecodedText
    readonly private: boolean
  },
  edits: readonly { readonly offset: number; readonly length: number; readonly text: string }[],
  template: (text: string) => Template,
): FilePatch {
  const { path, before, decoded } = about
  if (decoded.encoding !== 'utf-8')
    throw notScriptable(
      'encoding',
      `The file is ${decoded.encoding.toUpperCase()}, not UTF-8.`,
      INSTALL,
      path,
    )
  return {
    part: 'patch',
    file: path,
    sha256: sha256(before),
    private: about.private,
    edits: edits.map((edit): PatchEdit => ({ ...edit, text: template(edit.text) })),
  }
}

const BUILT_IN: ScriptSecret = {
  name: 'builtInSecret',
  from: 'make',
  what: 'Secret in place of those that every copy of the service ships with',
}

function clientSecret({ id, secret }: NonNullable<SettingsEdits['client']>, { isMade }: ScriptContext) {
  return {
    name: 'clientSecret',
    from: isMade(secret) ? 'make' : 'ask',
    what: `Client secret of the client ${id}`,
    shown: isMade(secret),
  } as const
}

function markedConnection(text: Secret, marks: Marks): Secret {
  const { user } = parseConnectionString(text)
  const names = new Map<string, string>()
  const mark = ({ keyword, value, quote }: HiddenValue) => {
    const name = names.get(value.open()) ?? `databasePassword${names.size === 0 ? '' : names.size + 1}`
    names.set(value.open(), name)
    const what = /^(password|pwd|psw)$/i.test(keyword)
      ? `Password of the database user ${user}`
      : `Value of “${keyword}” in the connection string`
    const spelling = quote === 'auto' ? 'connection' : (`connection${quote}` as const)
    return marks.of({ secret: { name, from: 'ask', what }, spelled: [spelling] }).open()
  }
  return new Secret(
    connectionPieces(text)
      .map((piece) => (typeof piece === 'string' ? piece : mark(piece)))
      .join(''),
  )
}

const MARK = /secret-mark-(\d+)-(\\*)"/

/** Marks that stand for secrets, and their way back. */
class Marks {
  readonly #meant: SpelledSecret[] = []

  of(meant: SpelledSecret): Secret {
    return new Secret(`secret-mark-${this.#meant.push(meant) - 1}-"`)
  }

  template(text: string): Template {
    const parts: Template[number][] = []
    let done = 0
    for (const found of text.matchAll(new RegExp(MARK, 'g'))) {
      const meant = this.#meant[Number(found[1])]!
      // Each level of JSON doubles the backslashes and adds one: 0, 1, 3, 7.
      const depth = Math.log2(found[2]!.length + 1)
      parts.push(text.slice(done, found.index), {
        secret: meant.secret,
        spelled: [...meant.spelled, ...Array.from({ length: depth }, () => 'json' as const)],
      })
      done = found.index + found[0].length
    }
    return [...parts, text.slice(done)].filter((part) => part !== '')
  }
}
