import { SetupError } from '../contract/problem.ts'
import type { Machine } from '../machine/machine.ts'
import type { Secret } from '../secrets/secret.ts'
import { MOST_BYTES } from './contents.ts'
import { materialProblems } from './material-problems.ts'
import { readMaterial, type Material } from './material.ts'
import { pendingRequests, privateKeyOf } from './requests/pending-requests.ts'

/** Where an issued certificate lies, and how it is opened. */
export interface IssuedFiles {
  readonly file: string
  /** The private key, where it is not in the same file; left out: looked for there, then among the pending requests. */
  readonly privateKey?: string | undefined
  readonly password?: Secret | undefined
}

/**
 * Reads a certificate that an authority has issued, with its key from wherever it is. What is wrong with it stands in
 * the material; only a file that is not there, or may not be read, is thrown.
 * @throws SetupError `certificate.file-missing`, `certificate.too-large`, `file.*`
 */
export async function readIssued(
  machine: Machine,
  stateFolder: string,
  { file, privateKey, password }: IssuedFiles,
): Promise<Material> {
  const [bytes, key] = await Promise.all([
    wanted(machine, file),
    privateKey === undefined ? undefined : wanted(machine, privateKey),
  ])
  return readMaterial({
    file: bytes,
    ...(privateKey !== undefined && key ? { privateKey: { path: privateKey, bytes: key } } : {}),
    ...(password ? { password } : {}),
    pendingKeys: async () =>
      (await pendingRequests(machine, stateFolder)).map((request) => ({
        publicKeyHash: request.publicKeyHash,
        open: () => privateKeyOf(machine, stateFolder, request),
      })),
  })
}

async function wanted(machine: Machine, file: string): Promise<Uint8Array> {
  // Before it is read: somebody may have chosen the image of a whole disk.
  const { size = 0, kind } = (await machine.files.info(file)) ?? {}
  if (kind === 'folder')
    throw missing(file, 'There is a folder at this path, not a file.', 'Name the file in it.')
  if (size > MOST_BYTES) throw new SetupError({ ...materialProblems.tooLarge(size), where: { file } })
  const bytes = await machine.files.read(file)
  if (bytes) return bytes
  throw missing(file, 'There is no file at this path.', 'Correct the path.')
}

function missing(file: string, what: string, next: string): SetupError {
  const untouched = 'Nothing was changed.'
  return new SetupError({ code: 'certificate.file-missing', what, where: { file }, next, untouched })
}
