import { SetupError } from '../../contract/problem.ts'

/** @param looked a sentence for each thing that was looked at in vain */
export function notFound(target: string, looked: readonly string[]): SetupError {
  return new SetupError({
    code: 'installation.not-found',
    what: 'No installation of the Identity Service was found for this folder.',
    where: { file: target },
    cause: looked.join(' '),
    next: 'Name the folder that the service runs from, or its container.',
  })
}

/** More than one thing serves the folder, and they may have settings and users of their own. */
export function several(
  target: string,
  found: { readonly websites: readonly string[] } | { readonly containers: readonly string[] },
): SetupError {
  const [kind, names, path] =
    'websites' in found
      ? ['websites', found.websites, 'installation.site']
      : ['containers', found.containers, 'installation.container']
  return new SetupError({
    code: 'installation.several',
    what: `There are ${names.length} ${kind} that may be the service of this folder: ${names.join(', ')}.`,
    where: { file: target, path },
    next: `Name the ${kind.slice(0, -1)} that is meant.`,
  })
}

export function notTheService(target: string): SetupError {
  return new SetupError({
    code: 'installation.not-the-service',
    what: 'A website shows this folder, but the folder does not hold the Identity Service.',
    where: { file: target },
    cause: 'IdentityService.dll and appsettings.json are expected in it.',
    next: 'Name the folder that holds these two files.',
  })
}

export function noSuchContainer(name: string): SetupError {
  return new SetupError({
    code: 'installation.not-found',
    what: `There is no container “${name}”.`,
    where: { path: 'installation.container' },
    next: 'Check the name with “docker ps --all”.',
  })
}
