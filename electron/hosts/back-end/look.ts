import { join } from 'node:path'
import { hostname, release, type as systemType, userInfo } from 'node:os'
import type { CheckReport } from '../../contract/check.ts'
import type { DockerView, InstallationView, InterruptedView, WindowsView } from '../../contract/views.ts'
import { lookAtEngine } from '../../docker/engine.ts'
import { lookAtIis } from '../../iis/iis.ts'
import type { Machine } from '../../machine/machine.ts'
import { listInstallations, type Installation } from '../../service/installation.ts'
import { readWebConfig } from '../../service/web-config.ts'
import { interruptedRuns, type Journal } from '../../setup/journal.ts'
import { lookAtSystem, pendingRestart } from '../../windows/system.ts'
import { lookAtToken } from '../../windows/token.ts'
import { currentCertificate } from '../session/current-certificate.ts'
import { proveInstallation } from '../session/proof.ts'
import { installationOrThrow } from './installations.ts'
import type { WizardState } from './state.ts'
import type { Handlers } from './types.ts'

type LookCalls =
  'host.look' | 'machine.look' | 'dialog.open' | 'clipboard.write' | 'installation.check' | 'window.close'

/** What stands around the wizard: the door, the machine, what was installed or interrupted before. */
export function lookHandlers(state: WizardState): Pick<Handlers, LookCalls | 'operation.cancel'> {
  const { machine, shell, session } = state
  return {
    'host.look': async () => ({
      host: shell.host,
      version: shell.version,
      platform: machine.platform,
      dialogs: shell.host === 'desktop',
      pdf: shell.printPdf !== undefined,
    }),

    'machine.look': async () => {
      const started = machine.clock.monotonic()
      const [docker, windows, runtimes, installations, interrupted] = await Promise.all([
        dockerView(machine),
        machine.windows ? windowsView(machine) : undefined,
        dotnetRuntimes(machine),
        listInstallations(machine, session.stateFolder),
        interruptedRuns(machine, session.stateFolder),
      ])
      return {
        server: hostname(),
        system: `${systemType()} ${release()}`,
        user: userInfo().username,
        runtimes,
        docker,
        ...(windows ? { windows } : {}),
        installations: await Promise.all(installations.map((record) => installationView(machine, record))),
        interrupted: interrupted.journals.map(interruptedView),
        tookMs: Math.round(machine.clock.monotonic() - started),
      }
    },

    'dialog.open': ({ kind }) => shell.chooseFile(kind),

    'clipboard.write': async ({ text }) => {
      await shell.copy(text)
      return null
    },

    'installation.check': ({ operation, installation }) =>
      state.operation(operation, async (signal) => {
        const record = await installationOrThrow(machine, session.stateFolder, installation)
        const onCheck = (check: CheckReport) => state.emit({ topic: 'check', operation, check })
        if (record.hosting === 'docker') return proveInstallation(session, record, { signal, onCheck })
        // Under IIS the settings are for the pool and for administrators alone.
        const task = { task: 'check-installation', installation } as const
        const planned = await session.prepareTask(task, record.practice === true)
        return planned.plan.elevation === 'asked'
          ? state.elevation.prove(planned, onCheck)
          : proveInstallation(session, record, { signal, onCheck })
      }),

    'operation.cancel': async ({ operation }) => {
      state.cancel(operation)
      return null
    },

    'window.close': async () => {
      await shell.closeWindow()
      return null
    },
  }
}

/** What Windows says without administrator rights. What cannot be had is told as not there. */
async function windowsView(machine: Machine): Promise<WindowsView> {
  const [system, token, iis, restart] = await Promise.all([
    lookAtSystem(machine),
    lookAtToken(machine),
    lookAtIis(machine),
    pendingRestart(machine),
  ])
  const usable = iis.installed && iis.missing.length === 0
  return {
    system: `${system.product} (build ${system.build}.${system.revision})`,
    elevated: token.elevated,
    iis: {
      usable,
      ...(iis.version === undefined ? {} : { version: iis.version }),
      summary: !iis.installed
        ? 'Not installed; Prerequisites can enable it'
        : usable
          ? `IIS ${iis.version ?? ''} is ready`.replace('  ', ' ')
          : `${iis.missing.length} features are off; Prerequisites can enable them`,
    },
    pendingRestart: restart.pending,
  }
}

async function dockerView(machine: Machine): Promise<DockerView> {
  const { client, engine, problem } = await lookAtEngine(machine)
  return {
    usable: engine !== undefined && problem === undefined,
    ...(client === undefined ? {} : { version: client }),
    summary: problem?.what ?? (engine ? `${engine.product} ${engine.version}` : 'Not installed'),
    ...(problem ? { problem } : {}),
  }
}

/** Versions of the ASP.NET Core runtime, as `dotnet --list-runtimes` prints them; none when there is no dotnet. */
async function dotnetRuntimes(machine: Machine): Promise<string[]> {
  const command = { command: 'dotnet', args: ['--list-runtimes'], timeoutMs: 10_000 }
  const result = await machine.processes.run(command).catch(() => undefined)
  return [...(result?.stdout ?? '').matchAll(/^Microsoft\.AspNetCore\.App (\S+)/gm)].map(
    ([, version]) => version!,
  )
}

/** An installation as pages show it, with the days its certificate has left. */
export async function installationView(machine: Machine, record: Installation): Promise<InstallationView> {
  const certificate = await currentCertificate(machine, record).then(
    (look) => look.certificate,
    () => undefined,
  )
  const { id, name, hosting, practice = false, publicUrl, target, installedAt } = record
  const webConfig = hosting === 'iis' ? await readStdoutLog(machine, target) : undefined
  return {
    id,
    name,
    hosting,
    practice,
    publicUrl,
    target,
    installedAt,
    ...(webConfig === undefined ? {} : { stdoutLog: webConfig }),
    ...(certificate
      ? { certificateEnds: certificate.notAfter, certificateDaysLeft: certificate.daysLeft }
      : {}),
  }
}

/** Whether the stdout log is on; undefined where this user may not look, or there is nothing to look at. */
async function readStdoutLog(machine: Machine, target: string): Promise<boolean | undefined> {
  const file = join(target, 'web.config')
  const bytes = await machine.files.read(file).catch(() => undefined)
  try {
    return bytes && readWebConfig(bytes, file).stdoutLogEnabled?.toLowerCase() === 'true'
  } catch {
    return undefined
  }
}

function interruptedView({ head, lines }: Journal): InterruptedView {
  const done = new Set(lines.flatMap((line) => (line.type === 'done' ? [line.step] : [])))
  const last = lines.findLast((line) => line.type === 'begin' || line.type === 'done')
  return {
    id: head.id,
    scenario: scenarioOf(head.answers),
    title: head.title,
    practice: head.practice,
    startedAt: head.at,
    doneSteps: done.size,
    allSteps: head.steps.length,
    lastStep: head.steps.find(({ id }) => last && 'step' in last && id === last.step)?.title ?? '',
  }
}

const scenarios = ['new-installation', 'replace-certificate', 'change-client'] as const

function scenarioOf(answers: unknown): InterruptedView['scenario'] {
  const { scenario } = (answers ?? {}) as { readonly scenario?: unknown }
  return scenarios.find((known) => known === scenario) ?? 'task'
}
