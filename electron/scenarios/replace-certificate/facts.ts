import { resolve } from 'node:path'
import { readPfx } from '../../certificate/read.ts'
import type { ReplaceCertificateAnswers } from '../../contract/answers.ts'
import { SetupError } from '../../contract/problem.ts'
import { inspectContainer } from '../../docker/container.ts'
import type { Machine } from '../../machine/machine.ts'
import type { Redactor } from '../../secrets/redactor.ts'
import { secretsInSettings } from '../../service/settings-secrets.ts'
import { interruptedRuns } from '../../setup/journal.ts'
import type { SecretReferences } from '../../setup/secret-references.ts'
import { unlessDenied } from '../../steps/administrator-view.ts'
import type { ReplacedFile } from '../../steps/replace-file.ts'
import { writeCertificate } from '../../steps/write-certificate.ts'
import { lookAtToken } from '../../windows/token.ts'
import { findInstallation } from '../installation/find.ts'
import type { FoundInstallation } from '../installation/found.ts'
import { quietHour, type QuietHour } from '../installation/quiet-hour.ts'
import { sameFolder } from '../installation/recorded.ts'
import { suggestCreatio } from '../installation/suggest-creatio.ts'
import { trusted } from '../installation/trust.ts'
import { gatherSigningFacts, type SigningFacts } from '../signing-certificate/facts.ts'
import { gatherSurroundings } from '../signing-certificate/surroundings.ts'
import { neighboursOf, type Neighbours } from './neighbours.ts'
import { refuseTaken, refuseUnfit } from './refuse.ts'

/** What a replacement rests on that is not in the answers. Read, not changed. */
export interface ReplacementFacts {
  readonly found: FoundInstallation
  readonly signing: SigningFacts
  /** The certificate in use: its SHA-1, and when it began. Missing where this user may not read it. */
  readonly current?: { readonly thumbprint: string; readonly notBefore: Date }
  /** Where the new PFX goes. */
  readonly place: string
  /** SHA-256, in lower-case hex, of what interrupted replacements have written there. */
  readonly attempts: readonly string[]
  readonly neighbours: Neighbours
  /** `appsettings.json` as it is, where it is going to name another file. */
  readonly settings?: Uint8Array
  /** Tag of the image that holds the certificate. */
  readonly image?: string
  /** Under IIS, whether this process may change it. */
  readonly elevated: boolean
  readonly hour: QuietHour
  readonly stateFolder: string
}

export interface ReplacementSources {
  readonly machine: Machine
  readonly redactor: Redactor
  readonly references: SecretReferences
  readonly stateFolder: string
}

/**
 * Gathers what a replacement needs to know, read only.
 * @throws SetupError those of `findInstallation` and `gatherSigningFacts`, and `answers.invalid` with the answer's path
 */
export async function gatherReplacementFacts(
  answers: ReplaceCertificateAnswers,
  sources: ReplacementSources,
): Promise<ReplacementFacts> {
  const { machine, redactor, stateFolder } = sources
  const found = trusted(
    await findInstallation(machine, stateFolder, {
      ...answers.installation,
      practice: answers.practice === true,
    }),
    stateFolder,
  )
  await refuseUnfit(machine, answers, found)
  const place = placeFor(machine, answers, found)
  const neighbours = await neighboursOf(machine, stateFolder, found.installation, place)
  refuseTaken(found, place, neighbours)
  const current = await currentCertificate(machine, found.pfx)
  const [signing, settings, token, attempts] = await Promise.all([
    signingFacts(answers, { found, place }, sources),
    answers.path === undefined ? undefined : settingsSeen(machine, namingFile(found)),
    found.installation.hosting === 'iis' ? lookAtToken(machine) : undefined,
    attemptsAt(machine, stateFolder, place),
  ])
  if (settings) redactor.register(...secretsInSettings(settings))
  return {
    found,
    signing,
    ...(current === undefined ? {} : { current }),
    place,
    attempts,
    neighbours,
    ...(settings ? { settings } : {}),
    ...(found.inImage ? { image: await imageOf(machine, found) } : {}),
    elevated: token?.elevated ?? true,
    hour: quietHour(machine.clock.now()),
    stateFolder,
  }
}

async function signingFacts(
  { certificate, path }: ReplaceCertificateAnswers,
  { found, place }: Pick<ReplacementFacts, 'found' | 'place'>,
  sources: ReplacementSources,
): Promise<SigningFacts> {
  const { machine, stateFolder } = sources
  const { installation, pfx } = found
  const [likeliest] = await suggestCreatio(machine, found)
  const about = await gatherSurroundings(machine, stateFolder, {
    iis: installation.hosting === 'iis',
    source: installation.target,
    installed: true,
    creatioFolder: likeliest?.folder,
    pfx,
    own: [path, certificate.from === 'file' ? certificate.file : undefined].filter(
      (each) => each !== undefined,
    ),
  })
  return gatherSigningFacts(certificate, { ...about, place }, sources)
}

/** The file in which the service finds the path of its certificate, where settings name it. */
export function namingFile({ namedBy, settings }: FoundInstallation): string {
  return namedBy.by === 'settings' ? namedBy.file : settings
}

/** Undefined where there is none, or this user may not read it: whoever carries the plan out may. */
async function currentCertificate(machine: Machine, pfx: string): Promise<ReplacementFacts['current']> {
  const bytes = await unlessDenied(machine.files.read(pfx))
  return bytes && (await readPfx(bytes)).facts
}

/** Settings with nothing in them where this user may not read them: whoever carries the plan out shows the real change. */
async function settingsSeen(machine: Machine, file: string): Promise<Uint8Array> {
  return (await unlessDenied(machine.files.read(file))) ?? Buffer.from('{}\n')
}

/** What interrupted replacements wrote there and have not taken back: this program's own, whatever it was asked for. */
async function attemptsAt(machine: Machine, stateFolder: string, place: string): Promise<readonly string[]> {
  const { journals } = await interruptedRuns(machine, stateFolder)
  return journals
    .flatMap((journal) => journal.undoEntries())
    .filter(({ kind }) => kind === writeCertificate.kind)
    .map(({ record }) => record as ReplacedFile)
    .filter(({ path }) => sameFolder(machine, path, place))
    .map(({ sha256 }) => sha256)
}

function placeFor(machine: Machine, { path }: ReplaceCertificateAnswers, { pfx }: FoundInstallation): string {
  return path === undefined || sameFolder(machine, path, pfx) ? pfx : resolve(path)
}

/** The tag that the service's container was made of. */
async function imageOf(machine: Machine, { installation }: FoundInstallation): Promise<string> {
  const name = installation.container!
  const image = (await inspectContainer(machine, name))?.image ?? ''
  // An image without a name, or named by its content, could not be told from the one that takes its place.
  if (image !== '' && !/^(sha256:)?[0-9a-f]{12,64}$|@/.test(image)) return image
  throw new SetupError({
    code: 'docker.image-without-name',
    what: `The image of the container ${name} has no name.`,
    cause: 'It holds the certificate, so a new image has to take its place.',
    next: 'Give it a name with “docker tag”, start the container from that name, then try again.',
    untouched: 'Nothing was changed.',
  })
}
