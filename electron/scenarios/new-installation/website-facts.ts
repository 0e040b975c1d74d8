import type { Answers, WebsiteAnswers } from '../../contract/answers.ts'
import { SetupError } from '../../contract/problem.ts'
import type { Machine } from '../../machine/machine.ts'
import type { Secret } from '../../secrets/secret.ts'
import type { SecretReferences } from '../../setup/secret-references.ts'
import { lookAtAccount } from '../../windows/account.ts'
import { listMachineCertificates, type MachineCertificate } from '../../windows/certificates.ts'
import { applicationPoolSid } from '../../windows/sids.ts'
import { lookAtToken } from '../../windows/token.ts'
import { scratchFolder } from '../file-rights.ts'
import { madeBefore } from './made-before.ts'
import { refused } from '../refused.ts'

/** What a plan for IIS rests on beside the answers. */
export interface WebsiteFacts {
  /** This process may look at IIS and change it. */
  readonly elevated: boolean
  /** The account of the worker processes. */
  readonly account: { readonly sid: string; readonly name: string }
  readonly poolPassword?: Secret
  /** The certificate that was chosen from the machine’s store. */
  readonly certificate?: MachineCertificate
  /** What earlier setups into the same folder made, as `site:NAME`, `pool:NAME` and `certificate:ENDPOINT`, in lower case. */
  readonly ours: ReadonlySet<string>
  /** A folder for files that Windows writes while it is asked; private to this user. */
  readonly scratch: string
}

export interface WebsiteSources {
  readonly machine: Machine
  readonly references: SecretReferences
  readonly stateFolder: string
}

/**
 * Reads what the answers for IIS need, read only.
 * @throws SetupError with the answer's path: `windows.not-here`, `answers.invalid`, `secret.missing`, `account.*`
 */
export async function gatherWebsiteFacts(
  { website, service }: Answers & { readonly website: WebsiteAnswers },
  { machine, references, stateFolder }: WebsiteSources,
): Promise<WebsiteFacts> {
  const { identity, https } = website
  const [token, certificate, ours] = await Promise.all([
    lookAtToken(machine),
    https?.certificate.from === 'store' ? chosen(machine, https.certificate.thumbprint) : undefined,
    madeBefore(machine, stateFolder, service.target),
  ])
  const poolPassword =
    identity.account === 'SpecificUser'
      ? typeable(await references.open(identity.password, 'website.identity.password'))
      : undefined
  return {
    elevated: token.elevated,
    account: await accountOf(machine, website),
    ...(poolPassword ? { poolPassword } : {}),
    ...(certificate ? { certificate } : {}),
    ours,
    scratch: scratchFolder(stateFolder),
  }
}

/** The password of an account. @throws SetupError for one that no form of Windows takes and no XML of IIS holds */
function typeable(password: Secret): Secret {
  const text = password.open()
  if (text.isWellFormed() && !/\p{Cc}/u.test(text)) return password
  throw new SetupError(
    refused(
      'website.identity.password',
      'The password has a line break, a tab or another control character in it.',
      'Type it again; a copy may have taken more than the value.',
    ),
  )
}

async function accountOf(
  machine: Machine,
  { identity, pool }: WebsiteAnswers,
): Promise<{ sid: string; name: string }> {
  if (identity.account === 'ApplicationPoolIdentity')
    return { sid: applicationPoolSid(pool), name: `IIS AppPool\\${pool}` }
  const account = await lookAtAccount(machine, { user: identity.user })
  if (account) return { sid: account.sid, name: identity.user }
  throw new SetupError(
    refused(
      'website.identity.user',
      `Windows knows no account ${identity.user}.`,
      'Correct the name, or have the account made.',
    ),
  )
}

async function chosen(machine: Machine, thumbprint: string): Promise<MachineCertificate> {
  const found = (await listMachineCertificates(machine)).find(
    (each) => each.thumbprint.toUpperCase() === thumbprint.toUpperCase(),
  )
  if (found) return found
  throw new SetupError(
    refused(
      'website.https.certificate.thumbprint',
      `The machine’s store holds no certificate ${thumbprint}.`,
      'Choose one that is there, or import a PFX.',
    ),
  )
}

/** IIS was asked for on another system. */
export function noWindows(): SetupError {
  return new SetupError(
    refused(
      'hosting',
      'IIS needs Windows, and this machine runs another system.',
      'Choose Docker, or take a practice run.',
    ),
  )
}
