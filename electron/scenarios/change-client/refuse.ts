import { SetupError } from '../../contract/problem.ts'
import type { ClientEntry } from '../../service/clients.ts'
import type { ServiceSettings, SettingSource } from '../../steps/service-settings.ts'
import type { FoundInstallation } from '../installation/found.ts'
import { refused } from '../refused.ts'

/**
 * The file in which a service has its clients.
 * @throws SetupError `client.in-variable`, `client.in-image` where no file can be patched; what to do instead is said
 */
export function clientsFile(found: FoundInstallation, settings: ServiceSettings): string {
  const source = settings.source('Clients') ?? { by: 'settings', file: found.settings }
  if (source.by !== 'settings') throw inVariable(source)
  if (settings.inImage) throw inImage(found, source.file)
  return source.file
}

function inVariable(source: Exclude<SettingSource, { by: 'settings' }>): SetupError {
  const what = {
    container: () => ({
      place: `the container ${(source as { container?: string }).container} or its image`,
      next: 'Set the service up again with its settings in a mounted file: the same answers, with “settings” of the container as “mounted-file”. Then change the client.',
    }),
    pool: () => ({
      place: `the application pool ${(source as { pool?: string }).pool}`,
      next: 'Remove that variable from the pool in IIS Manager, write the same value into appsettings.json, then change the client.',
    }),
    'web.config': () => ({
      place: `${(source as { file?: string }).file}`,
      next: 'Remove that variable from web.config, write the same value into appsettings.json, then change the client.',
    }),
  }[source.by]()
  return new SetupError({
    code: 'client.in-variable',
    what: `The service has its clients from a variable of ${what.place}.`,
    cause: 'It wins over appsettings.json, so a change of the file would have no effect.',
    next: what.next,
    untouched: 'Nothing was changed.',
  })
}

function inImage({ installation }: FoundInstallation, file: string): SetupError {
  return new SetupError({
    code: 'client.in-image',
    what: `The image of the container ${installation.container} holds appsettings.json.`,
    where: { file },
    cause: 'The service sees another file only with a new image, or where one is mounted over it.',
    next: 'Set the service up again with its settings in a mounted file: the same answers, with “settings” of the container as “mounted-file”. Then change the client.',
    untouched: 'Nothing was changed.',
  })
}

/** No such client in the settings. */
export function refuseUnknown(
  current: string | undefined,
  entries: readonly ClientEntry[],
  file: string,
): never {
  const ids = entries.map(({ id }) => id).filter((id) => id !== '')
  throw new SetupError({
    code: 'client.unknown',
    what:
      current === undefined
        ? 'It cannot be told which client of the settings Creatio uses.'
        : `The settings hold no client ${current}.`,
    where: { file, path: 'client.current' },
    cause: ids.length === 0 ? 'Clients is empty.' : `There are: ${ids.join(', ')}.`,
    next: 'Name one of them in client.current; Creatio’s is the value of its system setting OAuth20IdentityServerClientId.',
    untouched: 'Nothing was changed.',
  })
}

/** Another client has the new id. */
export function taken(id: string, cause: string): SetupError {
  return new SetupError({
    ...refused('client.id', `The client ID ${id} is in use.`, 'Choose another ID, or have one generated.'),
    code: 'client.id-taken',
    cause,
  })
}

/** The secret is to stay, and nobody knows it. */
export function secretLost(id: string, file: string): SetupError {
  return new SetupError({
    ...refused(
      'client.secret',
      `The settings do not hold the secret by which the service knows the client ${id}, so it cannot stay.`,
      'Give the secret that Creatio uses in client.secret, or “generate” for a new one.',
    ),
    code: 'client.secret-lost',
    cause:
      'The service reads the secret from its settings only while the client is missing in the database, and keeps a hash of it there.',
    where: { file, path: 'client.secret' },
  })
}
