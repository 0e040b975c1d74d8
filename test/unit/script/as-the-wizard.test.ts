import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { X509Certificate } from 'node:crypto'
import type { Command, Machine } from '../../../electron/machine/machine.ts'
import { realMachine } from '../../../electron/machine/real.ts'
import { practiceWindows } from '../../../electron/practice/windows/machine.ts'
import type { ApplyContext } from '../../../electron/setup/step.ts'
import { steps as registry } from '../../../electron/steps/registry.ts'
import { freePort } from '../../free-port.ts'
import { type Call, interpret, patched } from './support/interpret.ts'
import { plannedScript, type PlannedScript, type Scenario, SCENARIOS, SECRETS } from './support/plans.ts'

const folders: string[] = []
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true })
})

/** The simulated server takes part in the real one's ports. */
async function onFreePorts({ website, ...scenario }: Scenario): Promise<Scenario> {
  const { http, https } = website
  return {
    ...scenario,
    website: {
      ...website,
      ...(http ? { http: { ...http, port: await freePort() } } : {}),
      ...(https ? { https: { ...https, port: await freePort() } } : {}),
    },
  }
}

interface Recorded {
  readonly program: string
  readonly args: readonly string[]
  readonly input: string
}

/** Everything that the wizard has Windows' programs change, in order. */
async function recordedRun({ plan }: PlannedScript): Promise<{ runs: Recorded[]; machine: Machine }> {
  const folder = await mkdtemp(join(tmpdir(), 'wizard-'))
  folders.push(folder)
  const real = realMachine()
  const practice = practiceWindows({ ...real, clock: { ...real.clock, sleep: async () => {} } }, folder)
  const runs: Recorded[] = []
  const run = async (command: Command) => {
    if (changes(command))
      runs.push({
        program: basename(command.command),
        args: command.args,
        input: typeof command.stdin === 'string' ? command.stdin : '',
      })
    return practice.processes.run(command)
  }
  const machine = { ...practice, processes: { ...practice.processes, run } }
  const context: ApplyContext<unknown> = {
    machine,
    backupFolder: join(folder, 'backup'),
    log: () => {},
    progress: () => {},
    willUndo: async () => {},
    signal: new AbortController().signal,
    wrote: async () => {},
  }
  for (const { kind, input } of plan.steps)
    if (kind !== 'await-service' && kind !== 'record-installation')
      await registry.find(kind).apply(input, context)
  return { runs, machine }
}

function changes({ command, args }: Command): boolean {
  if (/appcmd\.exe$/i.test(command)) return args[0] !== 'list'
  if (/icacls\.exe$/i.test(command)) return !args.includes('/save')
  return /netsh\.exe$/i.test(command) && args[1] !== 'show'
}

/** What the script would run, its functions for starting taken apart: pool and sites are new, and only the pool runs. */
function scriptedRuns(calls: readonly Call[], thumbprint: string): Recorded[] {
  return calls.flatMap(({ name, args, named }): Recorded[] => {
    if (name === 'Start-InIis')
      return [
        {
          program: 'appcmd.exe',
          args: [named['Kind'] === 'apppool' ? 'recycle' : 'start', named['Kind'], named['Name']] as string[],
          input: '',
        },
      ]
    if (name !== 'Invoke-Native') return []
    const [program, list, input = ''] = args as [string, string[], string?]
    const given = list.map((arg) => arg.replace(/<thumbprint of .*>/, thumbprint))
    return [{ program: program.split('\\').at(-1)!, args: given, input }]
  })
}

const own: Scenario = {
  website: { ...SCENARIOS['a redirect of its own certificate']!.website, firewall: true },
}
const runnable: Readonly<Record<string, Scenario>> = {
  'plain http': SCENARIOS['plain http']!,
  'a redirect, a certificate of its own and the firewall': own,
  'a certificate by Server Name Indication': {
    website: {
      ...own.website,
      hostName: 'identity.example.com',
      https: { port: 443, sni: true, certificate: { from: 'self-signed' } },
    },
  },
  'an account with a password': SCENARIOS['an account with a password']!,
  'a group managed service account': SCENARIOS['a group managed service account']!,
  'odd characters in every path': SCENARIOS['odd characters in every path']!,
}

it.each(Object.entries(runnable))(
  '%s: runs what the wizard runs, and writes what it writes',
  async (_, scenario) => {
    const planned = await plannedScript(await onFreePorts(scenario))
    const { calls } = interpret(await planned.script(), SECRETS)
    const { runs, machine } = await recordedRun(planned)
    const read = async (name: string) => machine.files.read(join(planned.target, name))
    const pem = await read('https/https.crt')
    const thumbprint = pem
      ? new X509Certificate(Buffer.from(pem)).fingerprint.replaceAll(':', '').toLowerCase()
      : ''
    expect(scriptedRuns(calls, thumbprint)).toEqual(runs)
    expect(runs.length).toBeGreaterThan(8)
    const edits = calls.filter(({ name }) => name === 'Edit-TextFile')
    for (const edit of edits) {
      const name = basename(String(edit.named['Path']))
      const before = name === 'appsettings.json' ? planned.facts.settings : planned.facts.webConfig!
      expect(patched(before, edit).equals((await read(name))!)).toBe(true)
    }
    expect(edits.length).toBeGreaterThan(0)
  },
  60_000,
)
