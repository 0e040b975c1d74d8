import type { ReplaceCertificateAnswers } from '../../contract/answers.ts'
import { besidePfx } from '../../certificate/write-files.ts'
import type { Installation } from '../../service/installation.ts'
import type { Plan } from '../../setup/plan.ts'
import { planned, type PlannedStep } from '../../setup/step.ts'
import { backUpCertificate } from '../../steps/back-up-certificate.ts'
import { recordInstallation } from '../../steps/record-installation.ts'
import { renewImage } from '../../steps/renew-image.ts'
import { restartCreatio } from '../../steps/restart-creatio.ts'
import { placeOf } from '../../steps/service-place.ts'
import { setFileRights } from '../../steps/set-rights.ts'
import { takeUpCertificate } from '../../steps/take-up-certificate.ts'
import { writeSettings } from '../../steps/write-settings.ts'
import type { WantedRights } from '../../windows/rights.ts'
import { administratorsFile, secretFileRights, scratchFolder } from '../file-rights.ts'
import { signingSteps } from '../signing-certificate/plan.ts'
import { trustSteps } from '../installation/trust.ts'
import { namingFile, type ReplacementFacts } from './facts.ts'
import { warnings } from './warnings.ts'

/** IIS gives an application 120 s to start; a container on a busy machine deserves no less. */
const PATIENCE_MS = 120_000

/** A replacement of the signing certificate as steps. Pure: the same answers and facts give the same plan. */
export function planReplacement(answers: ReplaceCertificateAnswers, facts: ReplacementFacts): Plan {
  const { found, elevated } = facts
  const { installation } = found
  const iis = installation.hosting === 'iis'
  const pfx = facts.place
  const files = fileSteps(answers, facts, pfx)
  const renewed = found.inImage ? imageSteps(facts) : []
  return {
    title: `Replace the certificate of ${installation.name}`,
    practice: installation.practice === true,
    elevation: iis ? (elevated ? 'present' : 'asked') : 'none',
    steps: [
      ...trustSteps(found),
      ...files,
      ...renewed,
      takeUp(facts, pfx, [...files, ...renewed]),
      ...creatioSteps(answers),
      ...recordSteps(facts, pfx),
    ],
    warnings: [...found.notes, ...facts.signing.warnings, ...warnings(answers, facts)],
    untouched: untouched(answers, facts, pfx),
  }
}

/** What is written: the former certificate kept, the new one in place, who may read it, and where the service finds it. */
function fileSteps(answers: ReplaceCertificateAnswers, facts: ReplacementFacts, pfx: string): PlannedStep[] {
  const { found, signing, current, attempts, stateFolder } = facts
  const replaces = answers.replaces ?? current?.thumbprint
  const known = replaces === undefined ? {} : { replaces }
  const moved = pfx !== found.pfx
  const certificate = signingSteps(answers.certificate, signing, {
    path: pfx,
    access: found.installation.hosting === 'docker' ? 'inherit' : 'private',
    present: moved ? 'overwritten' : 'replaced',
    stateFolder,
    ...known,
    attempts,
    ...(moved ? { namedIn: namingFile(found) } : {}),
    // Once it is in use, the new one is the current one.
    ...(moved && current && current.thumbprint === replaces ? { newerThan: current.notBefore } : {}),
  })
  return [
    ...(moved
      ? []
      : [
          planned(
            backUpCertificate,
            { id: 'back-up-certificate', title: 'Keep the certificate in use', group: 'certificate' },
            { path: found.pfx, ...known },
          ),
        ]),
    ...certificate,
    ...(moved ? settingsSteps(facts, pfx) : []),
    ...rightsSteps(answers, facts, pfx, moved),
  ]
}

/** The settings name the new file. */
function settingsSteps({ found, settings }: ReplacementFacts, pfx: string): PlannedStep[] {
  const edits = { x509CertificatePath: pfx }
  return [
    planned(
      writeSettings,
      { id: 'write-settings', title: 'Write appsettings.json', group: 'files' },
      {
        path: namingFile(found),
        edits,
        shown: edits,
        before: settings ?? new Uint8Array(),
        access: 'private',
      },
    ),
  ]
}

function rightsSteps(
  { certificate }: ReplaceCertificateAnswers,
  { found, stateFolder }: ReplacementFacts,
  pfx: string,
  moved: boolean,
): PlannedStep[] {
  const { website } = found.installation
  if (!website) return []
  const wanted: WantedRights[] = [
    secretFileRights(pfx, website.account),
    ...(moved ? [secretFileRights(namingFile(found), website.account)] : []),
    ...(certificate.pem ? [administratorsFile(besidePfx(pfx).key)] : []),
  ]
  return [
    planned(
      setFileRights,
      {
        id: 'set-rights',
        title: 'Set the rights of the files',
        group: 'website',
        follows: ['write-certificate', 'export-certificate', 'write-settings'],
      },
      { wanted, folders: [], scratch: scratchFolder(stateFolder) },
    ),
  ]
}

/** Where the image holds the certificate, a new one is made on top of it. */
function imageSteps({ found, image }: ReplacementFacts): PlannedStep[] {
  return [
    planned(
      renewImage,
      {
        id: 'renew-image',
        title: 'Put the certificate into the image',
        group: 'container',
        weight: 3,
        follows: ['write-certificate'],
      },
      { image: image!, pfx: found.pfx, target: found.namedAs },
    ),
  ]
}

function takeUp(
  { found, image }: ReplacementFacts,
  pfx: string,
  before: readonly PlannedStep[],
): PlannedStep {
  const { installation, settings } = found
  const { localUrl, clientId, tlsCertificate, container } = installation
  return planned(
    takeUpCertificate,
    {
      id: 'take-up-certificate',
      title: 'Restart the service with the new certificate',
      group: 'service',
      weight: 6,
      follows: before.map(({ id }) => id).filter((id) => id !== 'back-up-certificate'),
    },
    {
      place: placeOf(installation),
      restart:
        container === undefined
          ? { how: 'recycle-pool' }
          : found.inImage
            ? { how: 'recreate-container', image: image! }
            : { how: 'restart-container' },
      localUrl,
      ...(tlsCertificate === undefined ? {} : { trust: tlsCertificate }),
      pfx,
      ...(pfx === found.pfx ? {} : { formerPfx: found.pfx }),
      settings,
      clientId,
      known: { client: clientId },
      patienceMs: PATIENCE_MS,
    },
  )
}

function creatioSteps({ creatio }: ReplaceCertificateAnswers): PlannedStep[] {
  const { pool, container } = creatio ?? {}
  const input = pool !== undefined ? { pool } : container !== undefined ? { container } : undefined
  if (!input) return []
  return [
    planned(
      restartCreatio,
      {
        id: 'restart-creatio',
        title: 'Restart Creatio',
        group: 'service',
        follows: ['take-up-certificate'],
      },
      input,
    ),
  ]
}

/** Known from now on, so that its days are watched; and where its certificate lies, when that has changed. */
function recordSteps({ found, stateFolder }: ReplacementFacts, pfx: string): PlannedStep[] {
  const { installedAt: _installedAt, ...installation }: Installation = { ...found.installation, pfx }
  return [
    planned(
      recordInstallation,
      { id: 'record-installation', title: 'Record the installation', group: 'service' },
      { stateFolder, installation },
    ),
  ]
}

function untouched(
  { certificate }: ReplaceCertificateAnswers,
  { found }: ReplacementFacts,
  pfx: string,
): string[] {
  const { hosting } = found.installation
  return [
    'Creatio’s files and system settings, and the client: its ID and secret stay.',
    'The database.',
    ...(pfx === found.pfx ? [] : [`${found.pfx}: the former certificate stays where it is.`]),
    ...(certificate.from === 'file' ? [`${certificate.file}: only read.`] : []),
    hosting === 'iis' ? 'The HTTPS certificate of the website.' : 'The HTTPS certificate of the container.',
  ]
}
