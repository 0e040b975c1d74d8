import { readMaterial } from '../../../certificate/material.ts'
import { certificateFacts } from '../../../certificate/facts.ts'
import { refuseWeakPassword } from '../../../certificate/password-strength.ts'
import { profileFor } from '../../../certificate/profile.ts'
import { signingPfx, type SigningSource } from '../../../certificate/signing-pfx.ts'
import { besidePfx, certificateFiles } from '../../../certificate/write-files.ts'
import type { PfxProfile } from '../../../contract/certificate.ts'
import { problemOf, SetupError } from '../../../contract/problem.ts'
import type { Machine } from '../../../machine/machine.ts'
import type { Secret } from '../../../secrets/secret.ts'
import { windowsBuild } from '../../../scenarios/installation/capabilities.ts'
import type { Session } from '../../session/session.ts'
import type { CommandContext } from '../context.ts'
import { pfxPathOf, refuseExisting, refuseOriginals, writeFiles } from './destination.ts'
import { certificateLines } from './lines.ts'
import { referenceOf } from '../values.ts'
import { profileOf } from './wishes.ts'
import { whileWorking } from './working.ts'

/** The options that say which files are wanted, and where. */
interface FileWishes {
  readonly out?: string | undefined
  readonly profile?: string | undefined
  readonly cer: boolean
  readonly 'pem-password'?: string | undefined
  readonly force: boolean
}

export interface Destination {
  readonly pfxPath: string
  readonly profile: PfxProfile
  /** Why it is this one, where nobody has wished for it. */
  readonly why?: string
  readonly cer: boolean
  readonly pem?: { readonly password: Secret }
}

/**
 * Where the files go and how they are protected, looked at before anything is made.
 * @param originals files that are read and have to stay as they are
 * @throws SetupError `arguments.invalid`, `certificate.exists`, `certificate.weak-password`, `secret.*`
 */
export async function destinationOf(
  { out, profile, cer, 'pem-password': pem, force }: FileWishes,
  { machine, session }: CommandContext,
  originals: readonly string[] = [],
): Promise<Destination> {
  const pfxPath = await pfxPathOf(machine, out)
  const wished = profileOf(profile)
  const reference = pem === undefined ? undefined : referenceOf('--pem-password', pem)
  const beside = besidePfx(pfxPath)
  const names = [...(cer ? [beside.cer] : []), ...(reference === undefined ? [] : [beside.crt, beside.key])]
  const paths = [pfxPath, ...names]
  await refuseOriginals(machine, paths, originals)
  await refuseExisting(machine, paths, force)
  const password = reference === undefined ? undefined : await openPem(reference, session)
  return {
    pfxPath,
    ...(wished ? { profile: wished } : await profileHere(machine)),
    cer,
    ...(password ? { pem: { password } } : {}),
  }
}

/** By the Windows of this machine. */
async function profileHere(machine: Machine): Promise<Pick<Destination, 'profile' | 'why'>> {
  const { suggested, why } = profileFor(await windowsBuild(machine))
  return { profile: suggested, why }
}

async function openPem(reference: string, { references }: Session): Promise<Secret> {
  const password = await references.open(reference, '--pem-password')
  try {
    await refuseWeakPassword(password)
    return password
  } catch (error) {
    const where = { path: '--pem-password' }
    throw new SetupError({ ...problemOf(error), where, untouched: 'Nothing was written.' })
  }
}

/** Makes the PFX and what is wanted beside it, and says what was made. Ctrl+C leaves nothing behind. */
export async function makeFiles(
  source: SigningSource,
  { pfxPath, profile, why, cer, pem }: Destination,
  context: CommandContext,
): Promise<void> {
  const { machine, session, output } = context
  // As a certificate counts: in whole seconds.
  const now = new Date(Math.floor(machine.clock.now().getTime() / 1000) * 1000)
  const text = source.from === 'new' ? `Making an ${source.key} key` : 'Writing the certificate'
  const { certificate, written } = await whileWorking(context, text, async (signal) => {
    const { pfx } = await signingPfx(source, { machine, stateFolder: session.stateFolder, profile, signal })
    // From what the service will open: so what is told, and what lies beside it, is in it.
    const made = await readMaterial({ file: pfx })
    const files = await certificateFiles({
      pfxPath,
      pfx,
      certificates: [made.certificate!.raw, ...made.chain.map(({ raw }) => raw)],
      privateKey: made.privateKey!,
      cer,
      pem,
    })
    return { certificate: made.certificate!, written: await writeFiles(machine, files, signal) }
  })
  for (const { path, backup } of written)
    output.line(backup === undefined ? path : `${path} (what was there before: ${backup})`)
  output.line(
    `The PFX has no password (${profile}), because the service opens it with none; access to it is restricted instead.`,
  )
  if (why !== undefined) output.line(`${why} --profile chooses another.`)
  for (const line of certificateLines(certificateFacts(certificate, now))) output.line(line)
}
