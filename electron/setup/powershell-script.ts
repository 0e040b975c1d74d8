import {
  callText,
  comment,
  listExpression,
  literal,
  templatePieces,
  textExpression,
} from './powershell-text.ts'
import type { FilePatch, NativeCommand, ScriptPart, ScriptSecret, Template } from './script-parts.ts'

export interface ScriptStep {
  readonly title: string
  readonly parts: readonly ScriptPart[]
}

export interface WantedScript {
  /** What the script is and does, for its first lines. */
  readonly head: readonly string[]
  readonly steps: readonly ScriptStep[]
  /** Printed when all is done. */
  readonly done: readonly string[]
}

/** Looks at the PowerShell itself, before anything else. */
const CONDITIONS = `if ($ExecutionContext.SessionState.LanguageMode -ne 'FullLanguage') {
    Write-Host 'A policy of this computer keeps scripts from .NET, which this one needs. Nothing was changed.'
    exit 1
}
if (-not [Environment]::Is64BitProcess) {
    Write-Host 'Start this script in the 64-bit Windows PowerShell. Nothing was changed.'
    exit 1
}`

/**
 * A script for Windows PowerShell 5.1: it checks, asks for secrets, does the steps in order, and stops at the first
 * that fails. With a byte order mark, because that PowerShell takes a file without one for the code page of the country,
 * and with the line ends of Windows.
 * @param functions the library: functions at the beginning of a line, with their comments
 */
export function printScript(wanted: WantedScript, functions: string): string {
  const parts = wanted.steps.flatMap((step) => step.parts)
  const body = printBody(wanted, parts)
  const text = [
    '#Requires -Version 5.1',
    '#Requires -PSEdition Desktop',
    '#Requires -RunAsAdministrator',
    '',
    ...wanted.head.map(comment),
    '',
    "$ErrorActionPreference = 'Stop'",
    "$ProgressPreference = 'SilentlyContinue'",
    '',
    CONDITIONS,
    '',
    ...usedFunctions(functions, body),
    body,
    '',
  ].join('\n')
  return `\uFEFF${text.replaceAll('\n', '\r\n')}`
}

const STAYS =
  'This script does not undo: what it did until then stays. Remove it by hand before the next attempt.'

function printBody({ steps, done }: WantedScript, parts: readonly ScriptPart[]): string {
  const secrets = secretsOf(parts)
  const acting = steps.filter(acts)
  return [
    '$changed = $false',
    'try {',
    ...begin('Before anything is changed'),
    ...parts.flatMap((part) => (part.part === 'check' ? [`    ${callText(part.call)}`] : [])),
    ...secrets.map(obtain),
    '    $changed = $true',
    ...steps.flatMap((step) => ['', ...printStep(step, acting)]),
    '}',
    'catch {',
    '    Write-Host',
    "    Write-Host ('Stopped: ' + $step)",
    '    Write-Host $_.Exception.Message',
    `    if (-not $changed) { Write-Host ${literal('Nothing was changed.')} }`,
    `    else { Write-Host ${literal(STAYS)} }`,
    '    exit 1',
    '}',
    'Write-Host',
    ...done.map((line) => `Write-Host ${textExpression(line)}`),
    ...secrets.flatMap(({ name, what, shown }) =>
      shown ? [`Write-Host (${literal(`${what}: `)} + (Get-PlainText $${name}))`] : [],
    ),
  ].join('\n')
}

/** The lines that say where the script is. */
function begin(title: string): readonly string[] {
  return [`    $step = ${literal(title)}`, '    Write-Host $step']
}

/** A step with all that it does; one that only has something to say is a comment. */
function printStep(step: ScriptStep, acting: readonly ScriptStep[]): readonly string[] {
  const body = step.parts.flatMap((part) => printPart(part).map((line) => `    ${line}`))
  if (!acts(step)) return [`    ${comment(`${step.title}:`)}`, ...body]
  return [...begin(`Step ${acting.indexOf(step) + 1} of ${acting.length}: ${step.title}`), ...body]
}

function acts({ parts }: ScriptStep): boolean {
  return parts.some(({ part }) => part !== 'note' && part !== 'check')
}

function obtain({ name, from, what }: ScriptSecret): string {
  return from === 'make' ? `    $${name} = New-Secret` : `    $${name} = Read-Secret ${textExpression(what)}`
}

/** Every secret that the parts use, once, in the order of their first use. */
function secretsOf(parts: readonly ScriptPart[]): readonly ScriptSecret[] {
  const inTemplate = (template: Template) =>
    template.flatMap((piece) => (typeof piece === 'string' ? [] : [piece.secret]))
  const found = parts.flatMap((part): readonly ScriptSecret[] => {
    if (part.part === 'command') return inTemplate(part.input ?? [])
    if (part.part === 'patch') return part.edits.flatMap(({ text }) => inTemplate(text))
    if (part.part !== 'call') return []
    return Object.values(part.parameters).flatMap((value) =>
      typeof value === 'object' && 'name' in value ? [value] : [],
    )
  })
  return [...new Map(found.map((secret) => [secret.name, secret])).values()]
}

function printPart(part: ScriptPart): readonly string[] {
  if (part.part === 'note') return [comment(part.text)]
  if (part.part === 'command') return [printCommand(part)]
  if (part.part === 'patch') return printPatch(part)
  return part.part === 'call' ? [callText(part)] : []
}

function printCommand({ program, args, input }: NativeCommand): string {
  const given = args.map((arg) =>
    typeof arg === 'string'
      ? textExpression(arg)
      : `(${textExpression(arg.prefix)} + (${callText(arg.value)}))`,
  )
  const standardInput = input === undefined ? '' : ` (-join ${listExpression(templatePieces(input))})`
  return `Invoke-Native ${literal(program)} ${listExpression(given)}${standardInput}`
}

function printPatch({ file, sha256, private: isPrivate, edits }: FilePatch): readonly string[] {
  if (edits.length === 0) return ['# Nothing is to be changed.']
  return [
    '$edits = @(',
    ...edits.flatMap(({ offset, length, text }) => {
      const lines = templatePieces(text)
      const body = lines.map((line, at) => `        ${line}${at < lines.length - 1 ? ',' : ''}`)
      return [`    @{ Offset = ${offset}; Old = ${length}; New = @(`, ...body, '    ) }']
    }),
    ')',
    `Edit-TextFile -Path ${textExpression(file)} -Hash ${literal(sha256)} -Edits $edits -Private $${isPrivate}`,
  ]
}

/** The functions that a text uses, and those that they use, as the library orders them. */
function usedFunctions(library: string, text: string): readonly string[] {
  const all = library
    .split(/\n{2,}/)
    .filter((block) => /^function /m.test(block))
    .map((block) => ({ name: /^function ([\w-]+)/m.exec(block)![1]!, block: block.trimEnd() }))
  const used = new Set<string>()
  const use = (code: string) => {
    for (const { name, block } of all) {
      if (used.has(name) || !new RegExp(`(?<![\\w-])${name}(?![\\w-])`).test(code)) continue
      used.add(name)
      use(block)
    }
  }
  use(text)
  return all.filter(({ name }) => used.has(name)).flatMap(({ block }) => [block, ''])
}
