import { scriptText, WINDOWS_SCRIPTS, type WindowsScript } from '../../../windows/scripts.ts'
import type { SimulatedTool, ToolAnswer } from '../tool.ts'
import { account } from './scripts/account.ts'
import { bundle } from './scripts/bundle.ts'
import { elevate } from './scripts/elevate.ts'
import { firewall } from './scripts/firewall.ts'
import { importCertificate } from './scripts/import-certificate.ts'
import { machineCertificates } from './scripts/machine-certificates.ts'
import { removeCertificate } from './scripts/remove-certificate.ts'
import { DotNetException, type Json, type Script } from './scripts/script.ts'

const scripts: Readonly<Record<WindowsScript, Script>> = {
  account,
  bundle,
  elevate,
  firewall,
  'import-certificate': importCertificate,
  'machine-certificates': machineCertificates,
  'remove-certificate': removeCertificate,
}

/**
 * Windows PowerShell 5.1, as far as this program's own scripts go: they are known by their text, and what they would
 * do is done here. Any other script is refused, as PowerShell refuses words that it does not know.
 */
export const powershell: SimulatedTool = async ({ args, stdin }, server) => {
  const script = await recognised(args)
  if (script === undefined) return refused()
  const { languageMode } = server.state.system
  if (languageMode !== undefined) return reply(0, { refused: languageMode })
  try {
    return reply(0, { answer: await scripts[script](questionIn(stdin), server) })
  } catch (error) {
    if (!(error instanceof DotNetException)) throw error
    const { type, hresult, native, message } = error
    return reply(1, { failed: { type, hresult, native, message } })
  }
}

async function recognised(args: readonly string[]): Promise<WindowsScript | undefined> {
  const [, encoded] =
    /^-NoLogo -NoProfile -NonInteractive -ExecutionPolicy Bypass -EncodedCommand (\S+)$/i.exec(
      args.join(' '),
    ) ?? [undefined, undefined]
  if (encoded === undefined) return undefined
  const text = Buffer.from(encoded, 'base64').toString('utf16le')
  for (const script of WINDOWS_SCRIPTS) if ((await scriptText(script)) === text) return script
  return undefined
}

function questionIn(stdin: Buffer): Json {
  try {
    return JSON.parse(stdin.toString('utf8')) as Json
  } catch {
    throw new DotNetException(
      'System.Management.Automation.RuntimeException',
      0x80131501,
      'The question is not JSON.',
    )
  }
}

/** ConvertTo-Json of 5.1 escapes what could end a piece of HTML. */
function reply(code: number, document: Json): ToolAnswer {
  const json = JSON.stringify(document).replaceAll(
    /[<>&']/g,
    (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  return { code, stdout: Buffer.from(json), stderr: Buffer.alloc(0) }
}

/** With an encoded command errors come as CLIXML. */
function refused(): ToolAnswer {
  const words =
    'The term is not recognized as the name of a cmdlet, function, script file, or operable program.'
  const error = `#< CLIXML\r\n<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04"><S S="Error">${words}_x000D__x000A_</S></Objs>`
  return { code: 1, stdout: Buffer.alloc(0), stderr: Buffer.from(error) }
}
