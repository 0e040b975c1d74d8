import { isUtf8 } from 'node:buffer'
import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, readlink, rm, stat, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Answers } from '../../../electron/contract/answers.ts'
import type { RunEvent } from '../../../electron/contract/run.ts'
import { interruptedRunOf } from '../../../electron/hosts/session/interrupted.ts'
import type { Prepared, PreparedOrProblems } from '../../../electron/hosts/session/prepared.ts'
import { Session } from '../../../electron/hosts/session/session.ts'
import type { Machine } from '../../../electron/machine/machine.ts'
import { realMachine } from '../../../electron/machine/real.ts'
import { makePracticeArchive } from '../../../electron/practice/archive.ts'
import { practiceState, practiceWindows } from '../../../electron/practice/windows/machine.ts'
import type { PracticeWindowsOptions } from '../../../electron/practice/windows/options.ts'
import { configurationText } from '../../../electron/practice/windows/store.ts'
import { exampleAnswers } from '../../../electron/scenarios/new-installation/example.ts'
import { Secret } from '../../../electron/secrets/secret.ts'
import { extract } from '../../../electron/service/extract.ts'
import { freePort } from '../../free-port.ts'

/** In memory where the system offers that: hundreds of runs flush every effect to disk. */
const QUICK = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()

/** The steps of the plan that only write files. */
export const FILE_STEPS: readonly string[] = [
  'extract-service',
  'write-certificate',
  'write-settings',
  'write-web-config',
  'record-installation',
]

/** A folder with everything a run of a new installation needs. */
export interface Place {
  readonly root: string
  /** What the installer's machine looks like before: everything that a roll-back has to bring back. */
  readonly world: string
  readonly target: string
  readonly stateFolder: string
  readonly archive: string
  /** Nobody listens on it. */
  readonly port: number
  /** A Windows Server with IIS, whose sites nobody serves. */
  readonly windows: Machine
  /** What of that server a roll-back has to bring back, as text. */
  readonly configuration: () => Promise<string>
}

async function newPlace(
  prepareWorld: (world: string) => Promise<void>,
  options: PracticeWindowsOptions,
): Promise<Place> {
  const root = await mkdtemp(join(QUICK, 'engine-run-'))
  const world = join(root, 'world')
  await mkdir(world)
  await prepareWorld(world)
  const archive = join(root, 'IdentityService.zip')
  await makePracticeArchive(realMachine(), archive)
  const target = join(world, 'new', 'deeper', 'IdentityService')
  const server = join(root, 'windows')
  return {
    root,
    world,
    target,
    stateFolder: join(root, 'state'),
    archive,
    port: await freePort(),
    windows: practiceWindows(realMachine(), server, options),
    configuration: () =>
      practiceState(realMachine(), server).change(async (state) => configurationText(state)),
  }
}

/** A session whose practice runs are on the given Windows, which the steps reach through the given machine. */
class SessionOn extends Session {
  readonly #windows: Machine

  constructor(machine: Machine, { stateFolder, windows }: Place) {
    super({ machine, stateFolder, environment: {} })
    this.#windows = windows
  }

  override machineOf(): Machine {
    return this.#windows
  }
}

export function answersFor(place: Place): Answers {
  const example = exampleAnswers('practice', 'linux')
  return {
    ...example,
    website: { ...example.website!, http: { port: place.port } },
    service: { source: place.archive, target: place.target },
    logging: { level: 'Debug', stdout: true },
  }
}

/** One process's life with the same answers: plan, run, and what is asked of it at the end. */
export class Life {
  readonly session: Session
  readonly events: RunEvent[] = []
  readonly #place: Place
  readonly #wanted: (id: string) => boolean

  /**
   * @param machine what steps and journal work on: the place's Windows, or a double in front of it
   * @param wanted tells which steps of the plan are carried out; left out: those that only write files
   */
  constructor(machine: Machine, place: Place, wanted = (id: string) => FILE_STEPS.includes(id)) {
    this.#wanted = wanted
    this.session = new SessionOn(machine, place)
    this.#place = place
  }

  async prepare(answers = answersFor(this.#place)): Promise<Prepared> {
    const result = await this.tryToPrepare(answers)
    if ('problems' in result) throw new Error(JSON.stringify(result.problems))
    return result.prepared
  }

  /** Only the wanted steps of the plan, or what keeps it from being made. */
  async tryToPrepare(answers: Answers): Promise<PreparedOrProblems> {
    const result = await this.session.prepare(answers, {
      archive: this.#place.archive,
      connectionString: new Secret(
        'Server=127.0.0.1;Port=5432;Database=creatio;User ID=u;Password=Canary-7f3k;',
      ),
    })
    if ('problems' in result) return result
    const { plan } = result.prepared
    // What follows a step that is left out waits for nothing.
    const steps = plan.steps
      .filter(({ id }) => this.#wanted(id))
      .map((step) => ({ ...step, follows: step.follows.filter(this.#wanted) }))
    const { machine } = this.session
    return { prepared: { ...result.prepared, machine, plan: { ...plan, steps } } }
  }

  /** The run that the command line would make: it goes on with an interrupted one. */
  async run(prepared?: Prepared) {
    const made = prepared ?? (await this.prepare())
    const continued = await interruptedRunOf(this.session, made.answers)
    return this.session.run(made, (event) => this.events.push(event), {
      ...(continued ? { continued } : {}),
      recorded: true,
    })
  }
}

/** A text as it is; anything else by its checksum: a key is not to be seen in a test's output. */
function contentOf(bytes: Buffer): string {
  return isUtf8(bytes) ? bytes.toString() : createHash('sha256').update(bytes).digest('hex')
}

/** Every path below a folder with what it holds: two equal snapshots are the same files. */
export async function snapshot(folder: string): Promise<Record<string, string>> {
  const names = await readdir(folder, { recursive: true }).catch(() => [])
  const entries = names.toSorted().map(async (name): Promise<[string, string]> => {
    const path = join(folder, name)
    const stats = await stat(path).catch(() => undefined)
    if (stats === undefined) return [name, `link ${await readlink(path)}`]
    return [name, stats.isDirectory() ? 'folder' : contentOf(await readFile(path))]
  })
  return Object.fromEntries(await Promise.all(entries))
}

/** Gives a function the place and removes it afterwards. */
export async function inPlace<T>(
  prepareWorld: (world: string) => Promise<void>,
  use: (place: Place) => Promise<T>,
  options: PracticeWindowsOptions = {},
): Promise<T> {
  const place = await newPlace(prepareWorld, options)
  try {
    return await use(place)
  } finally {
    await rm(place.root, { recursive: true, force: true })
  }
}

/** A neighbour's file, and an empty folder where the service is to go: what a tidy administrator left. */
export async function emptyTarget(world: string): Promise<void> {
  await mkdir(join(world, 'new', 'deeper', 'IdentityService'), { recursive: true })
  await writeFile(join(world, 'new', 'neighbour.txt'), 'not ours')
}

/** Nothing at all: parent folders have to be made too. */
export async function nothing(): Promise<void> {}

/** The service stands there already, with settings of its own: what is changed has to come back byte for byte. */
export async function service(world: string): Promise<void> {
  const machine = realMachine()
  const archive = join(world, 'source.zip')
  await makePracticeArchive(machine, archive)
  const target = join(world, 'new', 'deeper', 'IdentityService')
  await extract(machine, archive, target)
  await rm(archive)
  const settings = join(target, 'appsettings.json')
  await writeFile(settings, (await readFile(settings, 'utf8')).replace('{', '{ // kept'))
  await writeFile(join(target, 'openssl.pfx'), 'no certificate at all')
}
