import type { Problem } from '../contract/problem.ts'
import type { CommandResult } from '../machine/machine.ts'

interface Sign {
  readonly code: string
  readonly pattern: RegExp
  readonly cause: string
  readonly next: string
}

/** Words of the docker client, Docker's engine and Podman, most telling first. */
const SIGNS: readonly Sign[] = [
  {
    code: 'docker.no-access',
    pattern:
      /permission denied.*(docker|podman)?.*(sock|daemon|pipe)|access is denied.*pipe|pipe.*access is denied/is,
    cause: 'This user may not talk to the container engine.',
    next: 'Add this user to the group “docker” (on Windows “docker-users”), sign in again, then try again.',
  },
  {
    code: 'docker.not-running',
    pattern:
      /cannot connect to the docker daemon|is the docker daemon running|error during connect|failed to connect to the docker api|unable to connect to podman/i,
    cause: 'The container engine does not answer.',
    next: 'Start Docker Desktop or the docker service, wait until it runs, then try again.',
  },
  {
    code: 'docker.port-taken',
    pattern:
      /port is already allocated|address already in use|ports are not available|bind: an attempt was made/i,
    cause: 'Another program or container uses one of the ports.',
    next: 'Choose another port, or stop what uses this one.',
  },
  {
    code: 'docker.name-taken',
    pattern: /name .* is already in use/i,
    cause: 'There is a container of that name already.',
    next: 'Choose another name, or remove the other container.',
  },
  {
    code: 'docker.name-invalid',
    pattern: /invalid (container name|reference format)|invalid tag|repository name must be lowercase/i,
    cause: 'The name has characters that a container or an image may not have.',
    next: 'Choose a name of lower-case letters, digits, dots, hyphens and underscores.',
  },
  {
    code: 'docker.mount-missing',
    pattern:
      /bind source path does not exist|no such file or directory.*mount|mounts denied|statfs .*no such file/is,
    cause: 'The engine cannot see a file or folder that the container is to be given.',
    next: 'Check that the path exists, and that Docker Desktop may share that disk.',
  },
  {
    code: 'docker.mount-path',
    pattern: /invalid mount option|bare " in non-quoted|invalid (field|argument).*--mount/i,
    cause: 'The engine does not understand the path of a file that the container is to be given.',
    next: 'Choose a folder whose path has no comma and no quotation mark.',
  },
  {
    code: 'docker.no-registry',
    pattern:
      /pull access denied|manifest unknown|manifest for .* not found|(dial tcp|lookup) .*|tls: failed to verify|i\/o timeout|failed to resolve (source metadata|reference)|registry.*(denied|unauthorized)|initializing source docker:/i,
    cause: 'An image that is needed is not on this machine and could not be fetched.',
    next: 'Check the connection to the registry or the proxy of the engine, or load the image with “docker load”.',
  },
  {
    code: 'docker.image-missing',
    pattern: /no such image|unable to find image|image not known|does not exist locally/i,
    cause: 'The image is not on this machine.',
    next: 'Build the image, then try again.',
  },
  {
    code: 'docker.disk-full',
    pattern: /no space left on device/i,
    cause: 'The disk of the container engine is full.',
    next: 'Free space, for example with “docker system prune”, then try again.',
  },
]

/**
 * Why a docker command failed.
 * @param failed one sentence on what did not happen, such as “The image was not built.”
 */
export function dockerProblem(failed: string, result: CommandResult): Problem {
  const words = lastLines(result.stderr) || lastLines(result.stdout)
  const sign = SIGNS.find(({ pattern }) => pattern.test(words))
  return {
    code: sign?.code ?? 'docker.failed',
    what: failed,
    ...(sign === undefined ? {} : { cause: sign.cause }),
    next: sign?.next ?? 'Read what docker said, below, then try again.',
    details: [`docker ended with exit code ${result.exitCode}`, ...words.split('\n')],
  }
}

/** Advice of the client that has nothing to do with the failure. */
const OF_NO_USE =
  /^Run 'docker .*--help'|^DEPRECATED:|^\s+(BuildKit is currently disabled|environment-variable)/

function lastLines(text: string): string {
  return text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '' && !OF_NO_USE.test(line))
    .slice(-12)
    .join('\n')
}
