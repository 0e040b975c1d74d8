import { createHash, createPrivateKey, createPublicKey } from 'node:crypto'
import { join } from 'node:path'
import { type PendingRequestView, type SigningKey, signingKeys } from '../../contract/certificate.ts'
import { SetupError } from '../../contract/problem.ts'
import type { Machine } from '../../machine/machine.ts'
import { pemBlock } from '../pem.ts'
import type { MadeRequest } from './request.ts'
import {
  names,
  newRequestId,
  removeAbandoned,
  requestFolder,
  requestIds,
  unfinishedFolder,
} from './request-folder.ts'

/** A certificate request whose answer has not come yet. */
export interface PendingRequest extends PendingRequestView {
  /** SHA-256 of the public key (SubjectPublicKeyInfo, DER), lower-case hexadecimal: finds the key of what is issued. */
  readonly publicKeyHash: string
}

/** What stands in `about.json`. */
interface About extends PendingRequest {
  readonly version: 1
}

/**
 * Keeps a request and its key until the authority has answered, in a private folder of this user. The key lies there
 * without a password, as it will in the PFX: rights to the file protect it. Nothing stands there until all of it does.
 *
 * @param copyTo where the request is wanted as well, to be sent from there; must not exist.
 * @throws SetupError `certificate.exists`, `file.*`; nothing is left then
 */
export async function keepRequest(
  machine: Machine,
  stateFolder: string,
  request: MadeRequest,
  copyTo?: string,
): Promise<PendingRequest> {
  const { files } = machine
  if (copyTo !== undefined) await refuseTaken(machine, copyTo)
  await removeAbandoned(machine, stateFolder)
  const id = newRequestId(machine)
  const folder = requestFolder(stateFolder, id)
  const unfinished = unfinishedFolder(stateFolder, id)
  const kept: PendingRequest = {
    id,
    subject: request.subject,
    key: request.key,
    createdAt: machine.clock.now().toISOString(),
    file: copyTo ?? join(folder, names.request),
    publicKeyHash: hashOf(request.publicKey),
  }
  const about: About = { version: 1, ...kept }
  const undo = [() => files.removeFolder(unfinished), () => files.removeFolder(folder)]
  try {
    await files.makeFolder(unfinished, PRIVATE)
    await files.write(join(unfinished, names.key), pemBlock('PRIVATE KEY', request.privateKey), PRIVATE)
    await files.write(join(unfinished, names.request), request.csrPem, PRIVATE)
    await files.write(join(unfinished, names.about), JSON.stringify(about, undefined, 2), PRIVATE)
    await files.rename(unfinished, folder)
    if (copyTo !== undefined) {
      undo.push(() => files.remove(copyTo))
      await files.write(copyTo, request.csrPem)
    }
    return kept
  } catch (error) {
    // What cannot be cleared away must not hide why it has to be.
    for (const back of undo) await back().catch(() => {})
    throw error
  }
}

/**
 * Refuses a place for a request where something is. Asked before the key is made, too, which can take seconds.
 * @throws SetupError `certificate.exists`
 */
export async function refuseTaken({ files }: Pick<Machine, 'files'>, file: string): Promise<void> {
  if (await files.info(file))
    throw new SetupError({
      code: 'certificate.exists',
      what: 'There is a file at this path already.',
      where: { file },
      next: 'Name another file or folder for the request.',
      untouched: 'Nothing was written.',
    })
}

/** The requests of this user that wait for their answers, the oldest first. One that cannot be read is left out. */
export async function pendingRequests(
  machine: Machine,
  stateFolder: string,
): Promise<readonly PendingRequest[]> {
  const found = await Promise.all(
    (await requestIds(machine, stateFolder)).map((id) =>
      readRequest(machine, requestFolder(stateFolder, id), id),
    ),
  )
  return found.filter((request) => request !== undefined)
}

async function readRequest(
  { files }: Machine,
  folder: string,
  id: string,
): Promise<PendingRequest | undefined> {
  const bytes = await files.read(join(folder, names.about)).catch(() => undefined)
  const about = bytes && readAbout(bytes)
  if (!about) return undefined
  const { subject, key, createdAt, publicKeyHash } = about
  // The copy may have been sent and removed since.
  const file = (await files.info(about.file)) ? about.file : join(folder, names.request)
  return { id, subject, key, createdAt, file, publicKeyHash }
}

/**
 * The private key that waits for a certificate: PKCS#8, DER. A secret.
 *
 * @throws SetupError `certificate.request-unknown`, `certificate.request-key`
 */
export async function privateKeyOf(
  { files }: Machine,
  stateFolder: string,
  { id, publicKeyHash }: Pick<PendingRequest, 'id' | 'publicKeyHash'>,
): Promise<Buffer> {
  const file = join(requestFolder(stateFolder, id), names.key)
  const bytes = await files.read(file)
  const key = bytes && privateKeyIn(bytes)
  if (key && key.publicKeyHash === publicKeyHash) return key.der
  throw new SetupError({
    code: 'certificate.request-key',
    what: bytes
      ? 'The private key of the certificate request is damaged, or another one.'
      : 'The private key of the certificate request is gone.',
    where: { file },
    cause: 'Without it the certificate that the authority issues cannot sign.',
    next: 'Restore the file from a backup, or make a new request.',
  })
}

/** Removes a request with its key; what the authority issues for it can then no longer be used. Gone already is well. */
export async function forgetRequest({ files }: Machine, stateFolder: string, id: string): Promise<void> {
  const folder = requestFolder(stateFolder, id)
  if (!(await files.info(folder))) return
  // Out of the list at once: a removal that is cut short must not leave a request without its key.
  const unfinished = unfinishedFolder(stateFolder, id)
  await files.removeFolder(unfinished)
  await files.rename(folder, unfinished)
  await files.removeFolder(unfinished)
}

const PRIVATE = { access: 'private' } as const

function readAbout(bytes: Uint8Array): About | undefined {
  try {
    const about = JSON.parse(Buffer.from(bytes).toString('utf8')) as Partial<About> | null
    const { version, subject, key, createdAt, file, publicKeyHash } = about ?? {}
    const texts = [subject, createdAt, file, publicKeyHash].every((text) => typeof text === 'string')
    return version === 1 && texts && signingKeys.includes(key as SigningKey) ? (about as About) : undefined
  } catch {
    return undefined
  }
}

function privateKeyIn(pem: Uint8Array): { der: Buffer; publicKeyHash: string } | undefined {
  try {
    const key = createPrivateKey(Buffer.from(pem))
    return {
      der: key.export({ format: 'der', type: 'pkcs8' }),
      publicKeyHash: hashOf(createPublicKey(key).export({ format: 'der', type: 'spki' })),
    }
  } catch {
    return undefined
  }
}

function hashOf(publicKey: Uint8Array): string {
  return createHash('sha256').update(publicKey).digest('hex')
}
