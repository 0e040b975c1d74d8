import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { unhandled } from '../../service/failure.ts'
import { onWindows } from '../../service/pfx-file.ts'
import { startService, type Service } from '../../service/service.ts'
import { mayRead, tokenOf } from './access.ts'
import { exists } from './exists.ts'
import { moduleEvent, notStarted, type NewEvent } from './events.ts'
import { MODULE_FAILURES } from './failures.ts'
import type { Failure } from './pages.ts'
import { membersOf, type Scene } from './scene.ts'
import { missingFramework } from './runtimes.ts'
import { readSiteWebConfig, type SiteWebConfig } from './web-config.ts'
import { writeStdoutLog } from './stdout-log.ts'

/** A managed exception, as the operating system numbers it. */
const CLR_EXCEPTION = '0xe0434352'
const STARTED = 'info: Microsoft.Hosting.Lifetime[0]\n      Application started. Press Ctrl+C to shut down.\n'

/** How the start of an application ended. */
export interface Outcome {
  /** The service that runs, or why none does. */
  readonly service?: Service
  readonly failure?: Failure
  readonly events: readonly NewEvent[]
}

/**
 * Starts the application of a site as the ASP.NET Core module V2 does, in the order of its own questions: which
 * applications share the process, can the .NET host be loaded, are its frameworks there, does the program start in
 * time. Never rejects because of the application.
 *
 * @param startup what a test puts into the start: it may take its time
 */
export async function startApplication(
  scene: Scene,
  config: SiteWebConfig & { readonly aspNetCore: Readonly<Record<string, string>> },
  startup: () => Promise<void>,
  now: () => Date,
): Promise<Outcome> {
  const { aspNetCore } = config
  const inProcess = isInProcess(aspNetCore)
  const { applicationId, folder, state } = scene
  const failed = (failure: Failure, hresult: string, ...events: NewEvent[]): Outcome => ({
    failure,
    events: [...events, notStarted(applicationId, hresult)],
  })

  const first = await firstInPool(scene)
  if (first !== undefined && first.applicationId !== applicationId) {
    if (first.inProcess !== inProcess)
      return failed(
        MODULE_FAILURES.mixed,
        '0x80004005',
        moduleEvent(
          1009,
          `Mixed hosting model is not supported. Application '${applicationId}' configured with different hostingModel value '${inProcess ? 1 : 2}' other than the one of running application(s).`,
        ),
      )
    if (inProcess)
      return failed(
        MODULE_FAILURES.second,
        '0x80004005',
        moduleEvent(
          1008,
          `Only one in-process application is allowed per IIS application pool. Please assign the application '${applicationId}' to a different IIS application pool.`,
        ),
      )
  }

  // The drive has one separator where the simulation runs, and two spellings in the file.
  const dll = resolve(folder, (aspNetCore['arguments'] ?? '').replaceAll('\\', '/'))
  if (Object.values(state.runtimes).every((versions) => versions.length === 0))
    return failed(
      MODULE_FAILURES.handler,
      '0x8007023e',
      moduleEvent(
        1027,
        `Could not find dotnet.exe at '${resolve(folder, 'dotnet.exe')}' or using the system PATH environment variable. Check that a valid path to dotnet is on the PATH and the bitness of dotnet matches the bitness of the IIS worker process.`,
      ),
    )
  if (scene.pool?.attributes['enable32BitAppOnWin64']?.toLowerCase() === 'true')
    return failed(MODULE_FAILURES.bitness, '0x800700c1')

  const missing = (await exists(dll))
    ? await missingFramework(dll, state.runtimes)
    : `The application to execute does not exist: '${dll}'.`
  if (missing !== undefined)
    return failed(
      MODULE_FAILURES.dependencies,
      '0x8000ffff',
      moduleEvent(
        1027,
        'Unable to locate application dependencies. Ensure that the versions of Microsoft.NetCore.App and Microsoft.AspNetCore.App targeted by the application are installed.',
      ),
      moduleEvent(1027, `Could not find 'aspnetcorev2_inprocess.dll'. Exception message:\r\n${missing}`),
    )
  return startProgram(scene, config, startup, now)
}

async function startProgram(
  scene: Scene,
  config: SiteWebConfig & { readonly aspNetCore: Readonly<Record<string, string>> },
  startup: () => Promise<void>,
  now: () => Date,
): Promise<Outcome> {
  const { applicationId, folder, state } = scene
  const { aspNetCore, environment } = config
  const token = scene.pool === undefined ? [] : tokenOf(scene.pool, state)
  const read = async (path: string) => {
    if ((await exists(path)) && !(await mayRead(state, token, path)))
      throw Object.assign(new Error('permission denied'), { code: 'EACCES' })
    return readFile(path)
  }
  const { loadUserProfile = String(state.unverified.loadUserProfile) } =
    scene.pool?.elements['processModel']?.attributes ?? {}
  const profile = loadUserProfile.toLowerCase() === 'true'
  const limit = Number(aspNetCore['startupTimeLimit'] ?? '120') * 1000
  const said = (text: string) => writeStdoutLog(text, aspNetCore, folder, state, token, now())
  const start = async () => {
    await startup()
    return startService({
      folder,
      env: { ...process.env, ...environment },
      read,
      pfx: onWindows(read, profile),
    })
  }

  const late = Symbol('late')
  let timer: NodeJS.Timeout | undefined
  const starting = start()
  try {
    const timeout = new Promise<typeof late>((done) => (timer = setTimeout(() => done(late), limit)))
    const result = await Promise.race([starting, timeout])
    if (result !== late) {
      const started = moduleEvent(1032, `Application '${folder}' started successfully.`, 'information')
      return { service: result, events: [...(await said(STARTED)), started] }
    }
    // The program goes on by itself, and nobody listens to it any more.
    void starting.then((service) => service.close()).catch(() => undefined)
    const reason = `ASP.NET Core app failed to start after ${limit} milliseconds`
    return {
      failure: { ...MODULE_FAILURES.late, reason },
      events: [
        ...(await said('')),
        notLoaded(scene, `Managed server didn't initialize after ${limit} ms.`),
        notStarted(applicationId, '0x8007023e'),
      ],
    }
  } catch (error) {
    return stopped(scene, isInProcess(aspNetCore), unhandled(error), said)
  } finally {
    clearTimeout(timer)
  }
}

/** An exception ended the program: the module keeps its last words in the event log, whether or not it logs them. */
async function stopped(
  scene: Scene,
  inProcess: boolean,
  words: string,
  said: (text: string) => Promise<readonly NewEvent[]>,
): Promise<Outcome> {
  const { applicationId, folder } = scene
  const root = `Application '${applicationId}' with physical root '${folder}/'`
  if (!inProcess)
    return {
      failure: MODULE_FAILURES.outOfProcess,
      events: [
        ...(await said(words)),
        moduleEvent(
          1000,
          `${root} created process with commandline 'dotnet .\\IdentityService.dll' but either crashed, did not respond, or did not listen on the given port '12345', ErrorCode = '0x8007023e'`,
        ),
      ],
    }
  const output = words.replaceAll('\n', '\r\n')
  return {
    failure: MODULE_FAILURES.start,
    events: [
      ...(await said(words)),
      moduleEvent(
        1018,
        `${root} hit unexpected managed exception, exception code = '${CLR_EXCEPTION}'. Last 30KB characters of captured stdout and stderr logs:\r\n${output}`,
      ),
      notLoaded(scene, 'CLR worker thread exited prematurely'),
      notStarted(applicationId, '0x8007023e'),
    ],
  }
}

function notLoaded({ applicationId, folder }: Scene, message: string): NewEvent {
  return moduleEvent(
    1007,
    `Application '${applicationId}' with physical root '${folder}/' failed to load coreclr. Exception message:\r\n${message}`,
  )
}

/** In-process is the default since ASP.NET Core 3.0; older projects name it. */
function isInProcess(aspNetCore: Readonly<Record<string, string>>): boolean {
  return aspNetCore['hostingModel']?.toLowerCase() !== 'outofprocess'
}

/** The application that has the pool's worker process: the first of those that the module would run. */
async function firstInPool(scene: Scene) {
  for (const { applicationId, folder } of membersOf(scene.state, scene.poolName)) {
    const bytes = await readFile(resolve(folder, 'web.config')).catch(() => undefined)
    try {
      const { aspNetCore } = bytes === undefined ? {} : readSiteWebConfig(bytes)
      if (aspNetCore !== undefined) return { applicationId, inProcess: isInProcess(aspNetCore) }
    } catch {
      // A file that IIS cannot read starts no application.
    }
  }
  return undefined
}
