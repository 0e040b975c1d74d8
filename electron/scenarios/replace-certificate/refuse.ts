import { dirname } from 'node:path'
import type { ReplaceCertificateAnswers } from '../../contract/answers.ts'
import { SetupError } from '../../contract/problem.ts'
import type { Machine } from '../../machine/machine.ts'
import type { FoundInstallation } from '../installation/found.ts'
import { sameFolder } from '../installation/recorded.ts'
import { refused } from '../refused.ts'
import type { Neighbours } from './neighbours.ts'

/**
 * Refuses answers that this installation cannot be changed by, before anything is.
 * @throws SetupError `docker.certificate-in-volume`, `answers.invalid` with the answer's path
 */
export async function refuseUnfit(
  machine: Machine,
  answers: ReplaceCertificateAnswers,
  found: FoundInstallation,
): Promise<void> {
  await refuseVolume(machine, found)
  refusePath(machine, answers, found)
  refuseCreatio(machine, answers, found)
}

/** What the engine keeps for itself is within reach only where the engine runs on this very machine. */
async function refuseVolume(
  machine: Machine,
  { volume, pfx, namedAs, installation }: FoundInstallation,
): Promise<void> {
  if (volume === undefined || (await machine.files.info(dirname(pfx)))?.kind === 'folder') return
  throw new SetupError({
    code: 'docker.certificate-in-volume',
    what: `The certificate lies in the volume ${volume}, which this machine cannot reach.`,
    cause: 'The container engine runs in a virtual machine of its own.',
    next: `Make the PFX with “certificate create”, copy it with “docker cp openssl.pfx ${installation.container}:${namedAs}”, then restart the container.`,
    untouched: 'Nothing was changed.',
  })
}

/** Another path has to be told to the service, in a place that nothing else overrides. */
function refusePath(
  machine: Machine,
  { path }: ReplaceCertificateAnswers,
  { installation, namedBy, pfx }: FoundInstallation,
): void {
  if (path === undefined || sameFolder(machine, path, pfx)) return
  const inPlace = 'Leave “path” out: the new certificate takes the place of the current one.'
  if (installation.hosting === 'docker')
    throw new SetupError(
      refused('path', 'A container sees the certificate where it was started with it.', inPlace),
    )
  if (namedBy.by === 'pool' || namedBy.by === 'web.config')
    throw new SetupError(
      refused(
        'path',
        `X509CertificatePath is a variable of ${namedBy.by === 'pool' ? `the application pool ${namedBy.pool}` : 'web.config'}, which wins over appsettings.json.`,
        inPlace,
      ),
    )
}

/**
 * The certificate of another service would be lost.
 * @throws SetupError `answers.invalid` with the answer's path
 */
export function refuseTaken({ pfx }: FoundInstallation, place: string, { withFile }: Neighbours): void {
  if (place === pfx || withFile.length === 0) return
  throw new SetupError(
    refused('path', `“${place}” is the certificate of ${withFile.join(', ')}.`, 'Name a file of its own.'),
  )
}

function refuseCreatio(
  machine: Machine,
  { creatio }: ReplaceCertificateAnswers,
  { installation }: FoundInstallation,
): void {
  const { pool, container } = creatio ?? {}
  if (container !== undefined && container === installation.container)
    throw new SetupError(
      refused(
        'creatio.container',
        `${container} is the container of the Identity Service itself.`,
        'Name Creatio’s container, or leave it out.',
      ),
    )
  if (pool !== undefined && !machine.windows)
    throw new SetupError(
      refused(
        'creatio.pool',
        'This machine has no application pools.',
        'Name Creatio’s container, or leave it out.',
      ),
    )
  if (pool !== undefined && pool.toLowerCase() === installation.website?.pool.toLowerCase())
    throw new SetupError(
      refused(
        'creatio.pool',
        `${pool} is the pool of the Identity Service itself.`,
        'Name Creatio’s pool, or leave it out.',
      ),
    )
}
