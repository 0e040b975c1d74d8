import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import type { PracticeWindowsOptions } from '../../../electron/practice/windows/options.ts'
import { testServer } from './server.ts'

test('what is installed lies on the drive before any tool was run', async () => {
  const { machine } = await testServer()
  const { windows, programFiles } = machine.windows!
  const there = async (...path: string[]) => (await machine.files.info(join(...path)))?.kind

  expect(await there(windows, 'System32', 'inetsrv', 'appcmd.exe')).toBe('file')
  expect(await there(programFiles, 'dotnet', 'shared', 'Microsoft.AspNetCore.App', '8.0.22')).toBe('folder')
  expect(await there(programFiles, 'IIS', 'Asp.Net Core Module', 'V2', 'aspnetcorev2.dll')).toBe('file')
})

test('without IIS there is no appcmd', async () => {
  const { machine, appcmd } = await testServer({ iis: false })

  await expect(appcmd(['list', 'site'])).rejects.toMatchObject({ problem: { code: 'process.not-found' } })
  const info = await machine.files.info(join(machine.windows!.windows, 'System32', 'inetsrv', 'appcmd.exe'))
  expect(info).toBeUndefined()
})

test('other commands are real', async () => {
  const { machine } = await testServer()

  const { stdout } = await machine.processes.run({ command: process.execPath, args: ['-p', '6*7'] })
  expect(stdout.trim()).toBe('42')
})

test('bytes are decoded as asked, input may be a stream, lines come one by one', async () => {
  const { appcmd } = await testServer({ language: 'ru' })
  const lines: string[] = []

  const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
  const { stdout } = await appcmd(['list', 'site', '/text:name'], {
    decode: hex,
    onLine: (line) => lines.push(line),
  })
  expect(stdout).toBe(Buffer.from('Default Web Site\r\nCreatio\r\n').toString('hex'))
  expect(lines).toEqual(['Default Web Site', 'Creatio'])
  const xml = '<appcmd><APPPOOL APPPOOL.NAME="P"><add name="P" /></APPPOOL></appcmd>'
  expect((await appcmd(['add', 'apppool', '/in'], { stdin: Readable.from([xml]) })).code).toBe(0)
})

function faulty(
  how: NonNullable<PracticeWindowsOptions['faults']>[number]['how'],
  at = 1,
  matching?: string,
) {
  const fault = { tool: 'appcmd', at, how, ...(matching === undefined ? {} : { matching }) }
  return testServer({ faults: [fault] })
}

test('the call that was meant fails, once', async () => {
  const { appcmd } = await faulty(
    { kind: 'exit', code: 5, stdout: 'ERROR ( message:no )\r\n' },
    2,
    'add apppool',
  )
  const codes: number[] = []
  for (const name of ['A', 'B', 'B']) {
    await appcmd(['list', 'site'])
    codes.push((await appcmd(['add', 'apppool', `/name:${name}`])).code)
  }

  expect(codes).toEqual([0, 5, 0])
})

test('a tool may do its work and fail all the same', async () => {
  const { appcmd } = await faulty({ kind: 'exit', code: 1726, afterWork: true })

  expect((await appcmd(['add', 'apppool', '/name:P'])).code).toBe(1726)
  expect((await appcmd(['add', 'apppool', '/name:P'])).code).toBe(183)
})

test('a tool that hangs is ended by its limit or by its caller, and nobody else waits for it', async () => {
  const limited = await faulty({ kind: 'hang' })
  await expect(limited.appcmd(['list', 'site'], { timeoutMs: 300 })).rejects.toMatchObject({
    problem: { code: 'process.timeout' },
  })
  expect((await limited.appcmd(['list', 'site'])).code).toBe(0)

  const cancelled = await faulty({ kind: 'hang' })
  const hanging = cancelled.appcmd(['list', 'site'], { signal: AbortSignal.timeout(300) })
  await expect(hanging).rejects.toMatchObject({ problem: { code: 'process.cancelled' } })
})

test('a cancelled call does not start', async () => {
  const { appcmd, configuration } = await testServer()
  const before = await configuration()

  const call = appcmd(['add', 'apppool', '/name:P'], { signal: AbortSignal.abort() })
  await expect(call).rejects.toMatchObject({ problem: { code: 'process.cancelled' } })
  expect(await configuration()).toBe(before)
})

test('a late answer is the right one, and half an answer is half', async () => {
  const late = await faulty({ kind: 'late', ms: 400 })
  const start = performance.now()
  expect((await late.appcmd(['list', 'site', '/text:name'])).stdout).toContain('Creatio')
  expect(performance.now() - start).toBeGreaterThan(350)

  const half = await faulty({ kind: 'half' })
  const first = await half.appcmd(['list', 'site', '/xml'])
  const second = await half.appcmd(['list', 'site', '/xml'])
  expect(first).toEqual({ code: 0, stdout: second.stdout.slice(0, second.stdout.length / 2), stderr: '' })
})

const OTHER_PROCESS = `
import { practiceWindows } from ${JSON.stringify(new URL('../../../electron/practice/windows/machine.ts', import.meta.url).href)}
import { realMachine } from ${JSON.stringify(new URL('../../../electron/machine/real.ts', import.meta.url).href)}
import { join } from 'node:path'
const [folder, prefix] = process.argv.slice(1)
const machine = practiceWindows(realMachine(), folder)
const command = join(machine.windows.windows, 'System32', 'inetsrv', 'appcmd.exe')
for (let i = 0; i < 8; i++) await machine.processes.run({ command, args: ['add', 'apppool', '/name:' + prefix + i] })
`

test('processes that work on one server at a time do not lose what the others did', async () => {
  const { appcmd, folder } = await testServer()
  const run = promisify(execFile)
  const others = ['A', 'B', 'C'].map((prefix) =>
    run(process.execPath, ['--input-type=module', '-e', OTHER_PROCESS, folder, prefix]),
  )
  await Promise.all(others)

  const names = (await appcmd(['list', 'apppool', '/text:name'])).stdout.trim().split('\r\n')
  expect(names).toHaveLength(2 + 24)
}, 30_000)

test('a lock that its process left behind is taken over', async () => {
  const { appcmd, machine, folder } = await testServer()
  await appcmd(['list', 'site'])
  await machine.files.write(join(folder, 'state.lock'), '2147483646')

  expect((await appcmd(['list', 'site'], { timeoutMs: 20_000 })).code).toBe(0)
})
