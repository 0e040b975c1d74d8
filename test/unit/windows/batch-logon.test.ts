import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Machine } from '../../../electron/machine/machine.ts'
import { realMachine } from '../../../electron/machine/real.ts'
import { batchLogon } from '../../../electron/windows/batch-logon.ts'

const IIS_USERS = 'S-1-5-32-568'
const OWN = 'S-1-5-21-1-2-3-1104'
let scratch: string

beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'batch-logon-'))
})
afterEach(() => rm(scratch, { recursive: true }))

/** A secedit that writes these lines, or nothing, as one without elevation does. */
function secedit(lines: readonly string[] | undefined, mark = '\uFEFF'): Machine {
  const real = realMachine()
  const text = ['[Unicode]', 'Unicode=yes', '[Privilege Rights]', ...(lines ?? []), '[Version]', ''].join(
    '\r\n',
  )
  return {
    ...real,
    windows: { windows: '/windows', programFiles: '/programs', programFilesX86: '/programs-x86' },
    processes: {
      ...real.processes,
      run: async ({ command, args }) => {
        expect(command.toLowerCase()).toMatch(/secedit\.exe$/)
        const [action, cfg, file, ...rest] = args
        expect([action, cfg, ...rest]).toEqual(['/export', '/cfg', '/areas', 'USER_RIGHTS', '/quiet'])
        if (lines !== undefined) await writeFile(file!, Buffer.from(mark + text, 'utf16le'))
        return { exitCode: lines === undefined ? 1 : 0, stdout: '', stderr: '' }
      },
    },
  }
}

const ask = (machine: Machine, name = 'SRV1\\svc') =>
  batchLogon(machine, { sids: [OWN, IIS_USERS], name, scratch })
const USUAL = 'SeBatchLogonRight = *S-1-5-32-544,*S-1-5-32-551,*S-1-5-32-559,*S-1-5-32-568'

it.each([
  ['granted', 'as IIS leaves it', [USUAL, 'SeDenyBatchLogonRight = Guest']],
  ['granted', 'to the account itself', [`SeBatchLogonRight = *S-1-5-32-544, *${OWN}`]],
  ['granted', 'by its name', ['SeBatchLogonRight = *S-1-5-32-544,SVC']],
  ['granted', 'without blanks', [`SeBatchLogonRight=*${OWN}`]],
  ['denied', 'although it is granted', [USUAL, `SeDenyBatchLogonRight = *${OWN}`]],
  ['denied', 'by its name', [USUAL, 'SeDenyBatchLogonRight = Guest,svc']],
  ['denied', 'and granted to nobody', [`SeDenyBatchLogonRight = *${IIS_USERS}`]],
  ['unknown', 'as only groups are listed', ['SeBatchLogonRight = *S-1-5-32-544,*S-1-5-32-551']],
  ['unknown', 'as nobody is listed', []],
  ['unknown', 'as another account only begins the same', [`SeBatchLogonRight = *${OWN}5,svc2`]],
  ['unknown', 'as only another right is listed', [`SeServiceLogonRight = *${OWN}`]],
])('is %s: %s', async (expected, _, lines) => {
  expect(await ask(secedit(lines))).toBe(expected)
  expect(await ask(secedit(lines, ''))).toBe(expected)
  expect(await readdir(scratch)).toEqual([])
})

it('is unknown where the list may not be read', async () => {
  expect(await ask(secedit(undefined))).toBe('unknown')
})

it('leaves no file when secedit cannot be started', async () => {
  const machine = secedit([USUAL])
  const run = async () => Promise.reject(new Error('gone'))
  await expect(ask({ ...machine, processes: { ...machine.processes, run } })).rejects.toThrow('gone')
  expect(await readdir(scratch)).toEqual([])
})
