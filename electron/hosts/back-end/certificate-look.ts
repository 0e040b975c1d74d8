import { ecdsaSupport } from '../../certificate/ecdsa.ts'
import { readIssued } from '../../certificate/issued.ts'
import { judgeForSigning } from '../../certificate/judge.ts'
import { lookAtMaterial } from '../../certificate/look.ts'
import { pendingRequests } from '../../certificate/requests/pending-requests.ts'
import { profileFor } from '../../certificate/profile.ts'
import type { Input } from '../../contract/calls.ts'
import type { CertificateLook, CertificateOptionsView } from '../../contract/certificate.ts'
import type { Machine } from '../../machine/machine.ts'
import { ecdsaEvidence, windowsBuild } from '../../scenarios/installation/capabilities.ts'
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
  const known = draft ? await surroundings(session, draft, file) : {}
  return lookAtMaterial(file, material, judgeForSigning(material, { now, ...known }), now)
}

async function surroundings(session: Session, draft: Draft, file: string) {
  const { machine, iis, source, target, creatioFolder } = serviceOf(session, draft)
  const { stateFolder } = session
  const record =
    target === undefined ? undefined : await readInstallation(machine, stateFolder, installationId(target))
  const service = { iis, installed: source === target, creatioFolder, pfx: record?.pfx, own: [file] }
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
