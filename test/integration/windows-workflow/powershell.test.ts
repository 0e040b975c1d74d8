import { expect, test } from 'vitest'
import { scriptArguments } from '../../../build/windows/powershell.ts'
import { MAKE_ACCOUNT, RUN_AT_PROMPT, RUN_SQL } from '../../../build/windows/powershell-scripts.ts'
import { POWERSHELL } from '../../../build/windows/recordings-powershell.ts'
import { readPowerShell } from '../../unit/windows/support/powershell-syntax.ts'

/** Cmdlets that every Windows Server brings, and what is started by a variable. */
const KNOWN = [
  'Add-LocalGroupMember',
  'ConvertFrom-Json',
  'ConvertTo-Json',
  'ConvertTo-SecureString',
  'Format-List',
  'Get-Item',
  'Get-LocalUser',
  'New-LocalUser',
  'New-Object',
  'Out-Null',
  'Set-LocalUser',
  'Sort-Object',
  '& $question.file',
]

const recorded = POWERSHELL.map((recording) => {
  const [...args] = 'tool' in recording ? recording.args({} as never) : []
  return [recording.name, args] as const
})
const scripts = [
  ['make-account', scriptArguments(MAKE_ACCOUNT)],
  ['run-sql', scriptArguments(RUN_SQL)],
  ['run-at-prompt', scriptArguments(RUN_AT_PROMPT)],
  ...recorded,
] as const

test.each(scripts)('%s is PowerShell, and uses what is there', async (_, args) => {
  const text = Buffer.from(args.at(-1)!, 'base64').toString('utf16le')
  const { errors, commands } = await readPowerShell(text)
  expect(errors).toEqual([])
  expect(commands.map(({ name }) => name).filter((name) => !KNOWN.includes(name))).toEqual([])
})
