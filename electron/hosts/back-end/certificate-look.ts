import { ecdsaSupport } from '../../certificate/ecdsa.ts'
import { readIssued } from '../../certificate/issued.ts'
import { judgeForSigning } from '../../certificate/judge.ts'
import { lookAtMaterial } from '../../certificate/look.ts'
import { pendingRequests } from '../../certificate/requests/pending-requests.ts'
import { profileFor } from '../../certificate/profile.ts'
import { thumbprintOf } from '../../certificate/self-signed.ts'
import type { Input } from '../../contract/calls.ts'
import type { CertificateLook, CertificateOptionsView } from '../../contract/certificate.ts'
import type { Machine } from '../../machine/machine.ts'
import { ecdsaEvidence, windowsBuild } from '../../scenarios/installation/capabilities.ts'
import { findInstallation } from '../../scenarios/installation/find.ts'
import { pfxIn } from '../../scenarios/new-installation/layout.ts'
import { writtenOver } from '../../scenarios/signing-certificate/originals.ts'
import { gatherSurroundings } from '../../scenarios/signing-certificate/surroundings.ts'
import { installationId, readInstallation } from '../../service/installation.ts'
import type { Session } from '../session/session.ts'
import { textAt, type Draft } from './draft.ts'
import { refusePartPaths } from './full-path.ts'

/** What the draft of either scenario tells of the service that is to sign. */
interface Service {
  readonly machine: Machine
  readonly iis: boolean
  /** Its folder, or the archive that it comes from. */
  readonly source?: string
  readonly target?: string
  readonly creatioFolder?: string
}

/** What the certificate page offers, by the service's version and its Windows. */
export async function certificateOptions(session: Session, draft: Draft): Promise<CertificateOptionsView> {
  const { machine, iis, source, creatioFolder } = serviceOf(session, draft)
  const [versions, build, requests] = await Promise.all([
    source === undefined ? {} : ecdsaEvidence(machine, { service: source, creatioFolder }),
    iis ? windowsBuild(machine) : undefined,
    pendingRequests(session.machine, session.stateFolder),
  ])
  return {
    ecdsa: ecdsaSupport(versions),
    profile: profileFor(build),
    requests: requests.map(({ publicKeyHash: _hash, ...view }) => view),
  }
}

/** A certificate file as the page shows it; compared with other installations where a draft says whose it is to be. */
export async function lookAtFile(
  session: Session,
  { file, privateKey, password, draft }: Input<'certificate.look'>,
): Promise<CertificateLook> {
  const { machine, stateFolder, references } = session
  refusePartPaths(file, privateKey)
  const opened = password === undefined ? undefined : await references.open(password, 'certificate.password')
  const material = await readIssued(machine, stateFolder, { file, privateKey, password: opened })
  const now = machine.clock.now()
  const pfx = draft && (await pfxToday(session, draft))
  const known = draft ? await surroundings(session, draft, { file, pfx }) : {}
  const { problems, warnings } = judgeForSigning(material, { now, ...known })
  const thumbprint = material.certificate && thumbprintOf(material.certificate)
  const place = draft && (newPath(draft) ?? pfx ?? usualPfx(draft))
  const over = place ? await writtenOver(machine, { file, privateKey, thumbprint, pfx: place }) : []
  return lookAtMaterial(file, material, { problems: [...problems, ...over], warnings }, now)
}

/** The PFX of the service that the draft names, where there is one already. */
async function pfxToday(session: Session, draft: Draft): Promise<string | undefined> {
  const { machine, target } = serviceOf(session, draft)
  if (target === undefined) return undefined
  const { stateFolder } = session
  if (textAt(draft, 'installation', 'target') === undefined)
    return (await readInstallation(machine, stateFolder, installationId(target)))?.pfx
  const wishes = {
    target,
    container: textAt(draft, 'installation', 'container'),
    site: textAt(draft, 'installation', 'site'),
  }
  // Why there is none, the page says on which it is chosen.
  return findInstallation(machine, stateFolder, wishes).then(
    ({ pfx }) => pfx,
    () => undefined,
  )
}

/** Where it goes instead. */
function newPath({ path }: Draft): string | undefined {
  return typeof path === 'string' && path !== '' ? path : undefined
}

/** Where a new service gets it. */
function usualPfx(draft: Draft): string | undefined {
  const target = textAt(draft, 'service', 'target')
  return target === undefined ? undefined : pfxIn(target)
}

async function surroundings(
  session: Session,
  draft: Draft,
  { file, pfx }: { readonly file: string; readonly pfx: string | undefined },
) {
  const { machine, iis, source, target, creatioFolder } = serviceOf(session, draft)
  const { stateFolder } = session
  const service = { iis, installed: source === target, creatioFolder, pfx, own: [file] }
  const gather = (from?: string) => gatherSurroundings(machine, stateFolder, { ...service, source: from })
  // What is typed so far need not be an archive yet.
  const { versions, others, shipped } = await gather(source).catch(() => gather())
  return { ...(source === undefined ? {} : { ecdsa: ecdsaSupport(versions) }), others, shipped }
}

function serviceOf(session: Session, draft: Draft): Service {
  const machine = session.machineOf({ practice: draft['practice'] === true })
  const installation = textAt(draft, 'installation', 'target')
  const target = installation ?? textAt(draft, 'service', 'target')
  const source = installation ?? textAt(draft, 'service', 'source')
  const creatioFolder = textAt(draft, 'creatio', 'folder')
  return {
    machine,
    iis: installation === undefined ? draft['hosting'] === 'iis' : machine.windows !== undefined,
    ...(source === undefined ? {} : { source }),
    ...(target === undefined ? {} : { target }),
    ...(creatioFolder === undefined ? {} : { creatioFolder }),
  }
}
