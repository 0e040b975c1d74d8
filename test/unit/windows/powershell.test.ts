import { describe, expect, it } from 'vitest'
import { SetupError } from '../../../electron/contract/problem.ts'
import { Secret } from '../../../electron/secrets/secret.ts'
import { runScript, ScriptFailure } from '../../../electron/windows/powershell.ts'
import { type Reply, scriptedPowerShell } from './support/scripted-powershell.ts'

const ask = (reply: Reply) => runScript(scriptedPowerShell(() => reply).machine, 'elevate', { file: 'a' })
const problem = async (reply: Reply) => {
  const error = await ask(reply).then(
    () => new Error('it answered'),
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof SetupError)) throw error
  return error.problem
}

describe('how PowerShell is asked', () => {
  it('gets the script encoded, and no other file or profile', async () => {
    const { machine, commands } = scriptedPowerShell(() => ({ answer: {} }))
    await runScript(machine, 'elevate', {})
    const { command, args, timeoutMs } = commands[0]!
    expect(command.replaceAll('/', '\\')).toBe(
      'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe',
    )
    expect(args.slice(0, -1)).toEqual([
      '-NoLogo',
      '-NoProfile',
      '-NonInteractive',
      '-ExecutionPolicy',
      'Bypass',
      '-EncodedCommand',
    ])
    expect(timeoutMs).toBe(60_000)
  })

  it('gets secrets on standard input, and there only', async () => {
    const { machine, commands, asked } = scriptedPowerShell(() => ({ answer: {} }))
    const password = new Secret('Pässwörd 日本 "\\𝄞')
    await runScript(machine, 'account', { user: 'a', password, nested: [{ password }] })
    expect(asked[0]!.question).toEqual({
      user: 'a',
      password: password.open(),
      nested: [{ password: password.open() }],
    })
    const { stdin, ...visible } = commands[0]!
    expect(String(stdin)).toMatch(/^[ -~]+$/)
    expect(JSON.stringify(visible)).not.toContain(password.open())
    expect(visible.env).toBeUndefined()
  })

  it('takes what the caller says about time and cancelling', async () => {
    const { machine, commands } = scriptedPowerShell(() => ({ answer: {} }))
    const { signal } = new AbortController()
    await runScript(machine, 'elevate', {}, { timeoutMs: 5, signal })
    expect(commands[0]).toMatchObject({ timeoutMs: 5, signal })
  })

  it('is not asked where there is no Windows', async () => {
    const { machine, commands } = scriptedPowerShell(() => ({ answer: {} }))
    const { windows: _, ...elsewhere } = machine
    await expect(runScript(elsewhere, 'elevate', {})).rejects.toMatchObject({
      problem: { code: 'windows.not-here' },
    })
    expect(commands).toEqual([])
  })
})

describe('what PowerShell answers', () => {
  it.each([
    ['as the frame writes it', '{"answer":{"a":"é"}}'],
    ['with a line end', '{"answer":{"a":"é"}}\r\n'],
    ['with a byte order mark', '\uFEFF{"answer":{"a":"é"}}'],
    ['after a banner', 'Transcript started, output file is C:\\log.txt\r\n{"answer":{"a":"é"}}\r\n'],
    ['with HTML escapes', '{"answer":{"a":"\\u00e9"}}'],
  ])('%s', async (_, stdout) => {
    expect(await ask({ stdout })).toEqual({ a: 'é' })
  })

  it('counts, whatever stands on the error stream', async () => {
    const stderr = '#< CLIXML\r\n<Objs><Obj S="progress"><I64>1</I64></Obj></Objs>'
    expect(await ask({ answer: { a: 1 }, stderr })).toEqual({ a: 1 })
  })

  it.each([null, [], 'text', 7])('is an empty one when it is no object: %j', async (answer) => {
    expect(await ask({ answer })).toEqual({})
  })
})

describe('PowerShell that does not answer', () => {
  it.each([
    ['nothing', ''],
    ['line ends', '\r\n\r\n'],
    ['words', 'The term is not recognized.'],
    ['half an object', '{"answer":{"a"'],
    ['a list', '[1]'],
  ])('says %s', async (_, stdout) => {
    expect(await problem({ stdout, code: 0 })).toMatchObject({
      code: 'powershell.failed',
      details: ['powershell ended with exit code 0'],
    })
  })

  it('ends badly after an answer', async () => {
    expect(await problem({ answer: {}, code: 1 })).toMatchObject({ code: 'powershell.failed' })
  })

  it('is read through CLIXML', async () => {
    const error =
      '<S S="Error">Access to &lt;a &amp; b&gt; denied_x000D__x000A_</S><S S="Error">At line:1_x000D__x000A_</S>'
    const stderr = `#< CLIXML\r\n<Objs Version="1.1.0.1"><Obj S="progress"><S>Preparing modules</S></Obj>${error}</Objs>`
    expect((await problem({ stdout: '', stderr, code: 1 })).details).toEqual([
      'powershell ended with exit code 1',
      'Access to <a & b> denied',
      'At line:1',
    ])
  })

  it('is read through plain words', async () => {
    const { details } = await problem({ stdout: '', stderr: 'Zugriff verweigert\r\n', code: 1 })
    expect(details).toEqual(['powershell ended with exit code 1', 'Zugriff verweigert'])
  })

  it('says what .NET refused, by number', async () => {
    const failed = {
      type: 'System.ComponentModel.Win32Exception',
      hresult: -2147467259,
      native: 1223,
      message: 'Der Vorgang wurde abgebrochen',
    }
    const error = await ask({ failed }).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(ScriptFailure)
    expect(error).toMatchObject({
      type: failed.type,
      hresult: failed.hresult,
      native: 1223,
      problem: {
        code: 'powershell.failed',
        details: [`${failed.type}: ${failed.message}`, 'HRESULT 0x80004005'],
      },
    })
  })

  it.each(['ConstrainedLanguage', 'RestrictedLanguage'])('because of %s', async (mode) => {
    const { code, cause } = await problem({ stdout: `{"refused":"${mode}"}\r\n` })
    expect(code).toBe('powershell.constrained')
    expect(cause).toContain(mode)
  })

  it.each(['process.timeout', 'process.not-found'] as const)('because of %s', async (rejects) => {
    const code = rejects === 'process.timeout' ? rejects : 'windows.tool-missing'
    expect(await problem({ rejects })).toMatchObject({ code })
  })
})
