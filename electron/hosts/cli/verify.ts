import { resolve } from 'node:path'
import type { CertificateFacts } from '../../contract/certificate.ts'
import { endsSoon } from '../../certificate/facts.ts'
import type { CheckReport } from '../../contract/check.ts'
import { installationIn, type Installation } from '../../service/installation.ts'
import { currentCertificate } from '../session/current-certificate.ts'
import { proveInstallation } from '../session/proof.ts'
import { folderIn } from '../session/scenarios.ts'
import { invalidArguments, parseCommand } from './arguments.ts'
import type { CommandContext } from './context.ts'
import { dayOf, daysLeftText } from './certificate/lines.ts'
import { EXIT } from './exit.ts'
import { answersFrom, refuse } from './read-answers.ts'

/** `verify`: proves an installation that is there, and says how long its certificate holds. */
export async function verifyCommand(args: readonly string[], context: CommandContext): Promise<number> {
  const { values, positionals } = parseCommand(
    args,
    {
      target: { type: 'string' },
      json: { type: 'boolean', default: false },
      'fail-below': { type: 'string' },
    },
    { least: 0, most: 1 },
  )
  const { machine, session, output } = context
  const [file] = positionals
  if ((file === undefined) === (values.target === undefined))
    throw invalidArguments('Name either an answer file or the folder of the installation (--target).')
  const least = daysOf(values['fail-below'])
  let target = resolve(values.target ?? '')
  if (file !== undefined) {
    const read = await answersFrom(file, context)
    if ('problems' in read) return refuse(read.problems, context)
    target = folderIn(read.answers)
  }
  const installation = await installationIn(machine, session.stateFolder, target)
  if (!values.json) output.line(`${installation.name}, ${installation.publicUrl}`)
  const onCheck = (check: CheckReport) => output.check(check)
  const checks = await proveInstallation(session, installation, values.json ? {} : { onCheck })
  const certificate = await signingCertificateOf(installation, context)
  if (values.json) output.json({ installation, checks, certificate: certificate && brief(certificate) }, 2)
  else if (certificate) output.line(daysText(certificate))
  const failed = checks.some(({ status }) => status === 'failed')
  return failed || endsTooSoon(certificate, least, context) ? EXIT.failed : EXIT.done
}

/** Undefined where neither its file nor the running service can be read: then the proofs have failed, and say why. */
async function signingCertificateOf(
  installation: Installation,
  { session }: CommandContext,
): Promise<CertificateFacts | undefined> {
  try {
    return (await currentCertificate(session.machineOf(installation), installation)).certificate
  } catch {
    return undefined
  }
}

function brief({ thumbprint, notAfter, daysLeft }: CertificateFacts) {
  return { thumbprint, notAfter, daysLeft }
}

function daysText({ thumbprint, notAfter, daysLeft }: CertificateFacts): string {
  const text = `Signing certificate ${thumbprint}: to ${dayOf(notAfter)}, ${daysLeftText(daysLeft)}.`
  return endsSoon(daysLeft) ? `! ${text} Plan its replacement.` : `  ${text}`
}

/** A certificate that cannot be seen is not one that lasts long enough. */
function endsTooSoon(
  certificate: CertificateFacts | undefined,
  least: number | undefined,
  { output }: CommandContext,
): boolean {
  if (least === undefined || (certificate && certificate.daysLeft >= least)) return false
  output.error(
    certificate
      ? `✖ The signing certificate has fewer than ${least} days left (${daysLeftText(certificate.daysLeft)}).`
      : '✖ The signing certificate could not be read.',
  )
  return true
}

/** @throws SetupError `arguments.invalid` */
function daysOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (!/^\d{1,5}$/.test(text)) throw invalidArguments('--fail-below is followed by a whole number of days.')
  return Number(text)
}
