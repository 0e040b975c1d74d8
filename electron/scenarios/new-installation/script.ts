import { basename, dirname } from 'node:path'
import type { Answers } from '../../contract/answers.ts'
import type { Secret } from '../../secrets/secret.ts'
import type { Plan } from '../../setup/plan.ts'
import { printScript, type ScriptStep } from '../../setup/powershell-script.ts'
import { check, type ScriptContext, type ScriptPart } from '../../setup/script-parts.ts'
import { notScriptable } from '../../setup/script-problem.ts'
import type { StepRegistry } from '../../setup/step.ts'
import type { Facts } from './facts.ts'
import { layoutOf } from './layout.ts'

export interface ScriptSources {
  readonly answers: Answers
  readonly facts: Facts
  readonly plan: Plan
  readonly registry: StepRegistry
  /** Of this program. */
  readonly version: string
  /** The library that scripts are made of. */
  readonly functions: string
}

/**
 * A plan for IIS as a script for Windows PowerShell that does the same where nothing of it is there yet.
 * @throws SetupError `script.not-iis`, `script.new-database`, `script.already-installed`, `script.step`, `script.encoding`, `script.secret`,
 *   `script.text`
 */
export function scriptOfInstallation(sources: ScriptSources): string {
  const { answers, facts, functions } = sources
  if (answers.hosting !== 'iis')
    throw notScriptable(
      'not-iis',
      'Script export is for IIS, and this plan is for Docker.',
      'Install with this program, or choose IIS.',
    )
  if (facts.newDatabase)
    throw notScriptable(
      'new-database',
      'A script cannot make the database: it would have to ask for the password of the administrator of the server.',
      'Install with this program; or have the database made, and name it in the answers.',
    )
  if (facts.patchedSource === true || !Buffer.from(facts.settings).equals(facts.source.settings))
    throw notScriptable(
      'already-installed',
      'The target folder holds an Identity Service that is set up already; a script installs a new one.',
      'Change this one with this program, or choose a new folder.',
      answers.service.target,
    )
  const steps = stepsOf(sources)
  const checks = steps
    .flatMap(({ parts }) => parts)
    .flatMap((part) => (part.part === 'patch' ? [sourceCheck(sources, part.file, part.sha256)] : []))
  const [first, ...others] = steps
  const wanted = {
    head: headOf(sources),
    steps: first ? [{ ...first, parts: [...checks, ...first.parts] }, ...others] : [],
    done: doneOf(sources),
  }
  return printScript(wanted, functions)
}

function stepsOf({ facts, plan, registry }: ScriptSources): readonly ScriptStep[] {
  const made = [facts.builtInSecret, ...(facts.client.from === 'generated' ? [facts.client.secret] : [])]
  const context: ScriptContext = { isMade: (secret: Secret) => made.some((each) => each.equals(secret)) }
  return plan.steps.map(({ kind, title, input }) => {
    const parts = registry.find(kind).script?.(input, context)
    if (parts) return { title, parts }
    throw notScriptable('step', `No script can do the step “${title}”.`, 'Install with this program.')
  })
}

/** Before anything is changed: that the archive is the one whose files the edits are made for. */
function sourceCheck({ answers, facts }: ScriptSources, file: string, sha256: string): ScriptPart {
  if (dirname(file) !== answers.service.target)
    throw notScriptable('step', `${file} does not come with the archive.`, 'Install with this program.')
  return check('Assert-SourceFile', { Source: facts.source.path, Name: basename(file), Hash: sha256 })
}

function headOf({ answers, facts, plan, version }: ScriptSources): readonly string[] {
  const { website, service, practice, certificate } = answers
  const made = certificate.from === 'new' ? 'the signing key, and, ' : ''
  return [
    `Installs Creatio’s Identity Service under IIS: application pool ${website!.pool}, website ${website!.site}.`,
    `From ${facts.source.path} into ${service.target}.`,
    ...(practice === true
      ? [
          'Exported from a practice run: paths, ports and the database are those of the practice run, not of a server.',
        ]
      : []),
    '',
    `It does the same as the plan “${plan.title}” of Identity Service Setup ${version}, by Windows’ own tools, and nothing`,
    'where something is in the way: a pool, website, binding or firewall rule of these names, or files in the folder.',
    'It checks that first, stops at the first step that fails, and does not undo what the steps before it did.',
    '',
    'Secrets are not in this file. It asks for them once, at the start, and hands them over by standard input and within',
    'PowerShell, never on a command line. What the setup program would make itself is made here, by the cryptographic',
    `source of Windows: ${made}where the plan says “generate”, the client secret, which is shown at the end.`,
    '',
    'Needed before: IIS with its features, and the ASP.NET Core Hosting Bundle. Start it as an administrator:',
    'powershell.exe -NoProfile -ExecutionPolicy Bypass -File <this file>',
  ]
}

function doneOf({ answers, facts }: ScriptSources): readonly string[] {
  return [
    'Done. The Identity Service answers. For the system settings of Creatio:',
    `Identity Service URL: ${layoutOf(answers).publicUrl}`,
    `Client id: ${facts.client.id}`,
  ]
}
