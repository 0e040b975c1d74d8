import { expect, test } from 'vitest'
import { scriptArguments } from '../../../build/windows/powershell.ts'
import { ISSUE_PFX, MAKE_ACCOUNT, RUN_AT_PROMPT, RUN_SQL } from '../../../build/windows/powershell-scripts.ts'
import { CERTIFICATES } from '../../../build/windows/recordings-certificates.ts'
import { POWERSHELL } from '../../../build/windows/recordings-powershell.ts'
import { readPowerShell } from '../../unit/windows/support/powershell-syntax.ts'

/** Cmdlets that every Windows Server brings, and what is started by a variable. */
const KNOWN = [
  'Add-LocalGroupMember',
  'ConvertFrom-Json',
  'ConvertTo-Json',
  'ConvertTo-SecureString',
  'Export-PfxCertificate',
  'Format-List',
  'Get-Item',
  'Get-LocalUser',
  'New-LocalUser',
  'New-Object',
  'New-SelfSignedCertificate',
  'Out-Null',
  'Remove-Item',
  'Set-LocalUser',
  'Sort-Object',
  'Test-Path',
  '& $question.file',
]

const recorded = [...POWERSHELL, ...CERTIFICATES].flatMap((recording) =>
  'tool' in recording && recording.tool === 'powershell'
    ? [[recording.name, recording.args({} as never)] as const]
    : [],
)
const scripts = [
  ['make-account', scriptArguments(MAKE_ACCOUNT)],
  ['issue-pfx', scriptArguments(ISSUE_PFX)],
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
