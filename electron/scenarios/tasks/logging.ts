import { join } from 'node:path'
import { SetupError } from '../../contract/problem.ts'
import type { Task } from '../../contract/tasks.ts'
import type { Machine } from '../../machine/machine.ts'
import { readInstallation, type Installation } from '../../service/installation.ts'
import { secretsInSettings } from '../../service/settings-secrets.ts'
import type { Plan } from '../../setup/plan.ts'
import { planned } from '../../setup/step.ts'
import { setFileRights } from '../../steps/set-rights.ts'
import { startWebsite } from '../../steps/start-website.ts'
import { writeSettings } from '../../steps/write-settings.ts'
import { writeWebConfig } from '../../steps/write-web-config.ts'
import { scratchFolder, secretFileRights } from '../file-rights.ts'
import type { TaskAbout, TaskSources } from './task.ts'

/** Switches the stdout log of an installed service on or off: it costs performance, and is for testing (deploy-8.0, step 11). */
export async function planLogging(
  task: Extract<Task, { task: 'set-logging' }>,
  about: TaskAbout,
  { machine, redactor, stateFolder }: TaskSources,
): Promise<Plan> {
  const installation = await readInstallation(machine, stateFolder, task.installation)
  const { website } = installation ?? {}
  if (!installation || !website) throw notUnderIis(installation)
  const webConfig = join(installation.target, 'web.config')
  const level = task.level ?? (task.stdout ? 'Debug' : 'Warning')
  const [settings, config] = await Promise.all([
    existing(machine, installation.settings),
    existing(machine, webConfig),
  ])
  redactor.register(...secretsInSettings(settings))
  const edits = { logLevel: level }
  return {
    ...about,
    title: task.stdout ? 'Switch logging on' : 'Switch logging off',
    steps: [
      planned(
        writeWebConfig,
        { id: 'write-web-config', title: 'Write web.config', group: 'files' },
        { path: webConfig, edits: { stdoutLogEnabled: task.stdout }, before: config },
      ),
      planned(
        writeSettings,
        { id: 'write-settings', title: 'Write appsettings.json', group: 'files' },
        { path: installation.settings, edits, shown: edits, before: settings, access: 'private' },
      ),
      planned(
        setFileRights,
        {
          id: 'set-rights',
          title: 'Set the rights of the files',
          group: 'website',
          follows: ['write-settings'],
        },
        {
          wanted: [secretFileRights(installation.settings, website.account)],
          folders: [],
          scratch: scratchFolder(stateFolder),
        },
      ),
      planned(
        startWebsite,
        {
          id: 'start-website',
          title: 'Restart the service',
          group: 'website',
          follows: ['write-web-config', 'write-settings', 'set-rights'],
        },
        { pool: website.pool, sites: [website.site] },
      ),
    ],
    warnings: task.stdout
      ? [
          {
            code: 'logging.costs',
            what: 'Logging costs performance, and its files grow without bound.',
            next: 'Switch it off when the test is over.',
          },
        ]
      : [],
    untouched: ['Log files that are there already.', 'Everything else in both files.'],
  }
}

async function existing(machine: Machine, file: string): Promise<Uint8Array> {
  const bytes = await machine.files.read(file)
  if (bytes) return bytes
  throw new SetupError({
    code: 'installation.no-settings',
    what: 'A file of this installation is not there.',
    where: { file },
    next: 'Check whether the folder was moved or removed.',
    untouched: 'Nothing was changed.',
  })
}

function notUnderIis(installation: Installation | undefined): SetupError {
  return new SetupError(
    installation
      ? {
          code: 'installation.not-iis',
          what: 'This installation runs in a container, where the engine keeps the log.',
          next: 'Read it with “docker logs”, and set its level in the settings.',
          untouched: 'Nothing was changed.',
        }
      : {
          code: 'installation.unknown',
          what: 'This installation is no longer known.',
          next: 'Go back to the start page and look again.',
          untouched: 'Nothing was changed.',
        },
  )
}
