import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { scriptText, WINDOWS_SCRIPTS } from '../../../electron/windows/scripts.ts'
import { OWN_SCRIPTS } from './support/allowed-powershell.ts'
import { objectionsTo, readPowerShell } from './support/powershell-syntax.ts'

const folder = fileURLToPath(new URL('../../../resources/windows/', import.meta.url))

it('knows every script of the folder', async () => {
  const files = [...WINDOWS_SCRIPTS, 'frame', 'script-functions'].map((name) => `${name}.ps1`).sort()
  expect(await readdir(folder)).toEqual(files)
})

describe.each(WINDOWS_SCRIPTS)('%s.ps1', (name) => {
  it('is PowerShell, and uses only what is allowed', async () => {
    expect(await objectionsTo(await scriptText(name), OWN_SCRIPTS)).toEqual([])
  })

  it('fits into a command line: CreateProcess takes 32 767 characters', async () => {
    const encoded = Buffer.from(await scriptText(name), 'utf16le').toString('base64')
    expect(encoded.length).toBeLessThan(30_000)
  })

  it('holds ASCII only, and no Windows line ends', async () => {
    expect(await scriptText(name)).toMatch(/^[\n -~]+$/)
  })

  it('asks for the language mode before it uses .NET', async () => {
    const text = await scriptText(name)
    expect(text.indexOf('LanguageMode')).toBeGreaterThan(0)
    expect(text.indexOf('LanguageMode')).toBeLessThan(text.search(/New-Object|::/))
  })

  it('gives its answer by the frame, once', async () => {
    const own = await readFile(`${folder}${name}.ps1`, 'utf8')
    expect(own.match(/^Send-Answer \{$/gm)).toHaveLength(1)
  })
})

describe('what the scripts are read by', () => {
  const planted = async (text: string) =>
    objectionsTo(`${await scriptText('firewall')}\n${text}\n`, OWN_SCRIPTS)

  it.each([
    ['an open brace', 'if ($true) {'],
    ['an open string', '$a = "b'],
    ['another language', 'for x in y: print(x)'],
  ])('finds %s', async (_, text) => {
    expect((await planted(text)).join('\n')).toMatch(/line \d+, column \d+: (missing|not PowerShell)/)
  })

  it.each([
    ['Invoke-WebRequest -Uri http://a.example', 'the command Invoke-WebRequest is not allowed'],
    ['$a | % { $_ }', 'the command % is not allowed'],
    ['Get-Date | Out-Null', 'the command Get-Date is not allowed'],
    ['if ($true) { @{ a = @(Get-Date) } }', 'the command Get-Date is not allowed'],
    ['"$(Get-Date)"', 'the command Get-Date is not allowed'],
    ['& $other', 'the command & $other is not allowed'],
    ['. ./profile.ps1', 'the command . ./profile.ps1 is not allowed'],
    ['cmd.exe /c dir', 'the command cmd.exe is not allowed'],
    ['Remove-Item -LiteralPath a -Recurse', 'the parameter -Recurse of Remove-Item is not allowed'],
    ['Remove-Item -Lit a', 'the parameter -Lit of Remove-Item is not allowed'],
    ['[System.Net.Dns]::GetHostName()', 'the type System.Net.Dns is not allowed'],
    ['New-Object System.Net.WebClient', 'the type System.Net.WebClient is not allowed'],
    ['New-Object -ComObject Shell.Application', 'the parameter -ComObject of New-Object is not allowed'],
  ])('finds %s', async (text, objection) => {
    expect((await planted(text)).join('\n')).toContain(objection)
  })

  it('takes upper and lower case for the same, and own functions for known', async () => {
    expect(await planted('function Test-It($a) { $a }\nTest-It 1\nREMOVE-item -literalPATH a')).toEqual([])
  })

  it('reads commands with their parameters and lines', async () => {
    const { commands } = await readPowerShell('Get-Item -LiteralPath a |\n  Where-Object { $_.B -eq 1 }')
    expect(commands).toEqual([
      { name: 'Get-Item', parameters: ['-LiteralPath'], line: 1 },
      { name: 'Where-Object', parameters: [], line: 2 },
    ])
  })
})
