import { SetupError } from '../../contract/problem.ts'
import { readPfx } from '../../certificate/read.ts'
import type { Container } from '../../docker/container.ts'
import { hostPath } from '../../docker/host-path.ts'
import type { Machine } from '../../machine/machine.ts'
import { Secret } from '../../secrets/secret.ts'
import { listeningOn, type Listening } from '../../service/listening.ts'
import { portOf, urlOf } from './announced-url.ts'
import { variableOf } from '../../docker/variables.ts'
import type { ServiceAddress } from './website-address.ts'

/**
 * The address of a service in a container by the ports that it publishes. This machine asks over plain HTTP where it
 * can: nothing has to be trusted on the way to itself.
 * @param announced addresses that the system client names: what stands before a container, nobody here can see
 * @throws SetupError `installation.no-address`
 */
export async function addressOfContainer(
  machine: Machine,
  container: Container,
  announced: readonly URL[],
): Promise<ServiceAddress> {
  const published = publishedBy(container)
  const local = published.find(({ scheme }) => scheme === 'http') ?? published[0]
  if (!local) throw noAddress(container.name)
  const shown = published.find(({ scheme }) => scheme === 'https') ?? local
  const own = announced.find(({ protocol }) => protocol === 'https:') ?? announced[0]
  const trust = local.scheme === 'https' ? await certificateOf(machine, container) : undefined
  return {
    publicUrl: own
      ? urlOf(own.protocol === 'https:' ? 'https' : 'http', own.hostname, portOf(own))
      : urlOf(shown.scheme, shown.host, shown.port),
    localUrl: urlOf(local.scheme, local.host, local.port),
    ...(trust === undefined ? {} : { trust }),
  }
}

function publishedBy({
  environment,
  network,
  ports,
}: Container): readonly (Listening & { readonly host: string })[] {
  const listening = listeningOn(environment)
  // On the host's own network nothing is published: the service listens there itself.
  if (network === 'host') return listening.map((each) => ({ ...each, host: 'localhost' }))
  return ports
    .filter(({ host }) => host > 0)
    .map(({ host: port, container, address }) => ({
      scheme: listening.find((each) => each.port === container)?.scheme ?? schemeOf(container),
      port,
      host: ['0.0.0.0', '::', ''].includes(address) ? 'localhost' : address,
    }))
}

function schemeOf(port: number): Listening['scheme'] {
  return port === 443 || port === 8443 ? 'https' : 'http'
}

/** The certificate that Kestrel serves HTTPS with, without its key; undefined where it cannot be read. */
async function certificateOf(machine: Machine, container: Container): Promise<string | undefined> {
  const variable = (name: string) =>
    variableOf(container, `ASPNETCORE_Kestrel__Certificates__Default__${name}`) ??
    variableOf(container, `Kestrel__Certificates__Default__${name}`)
  const inside = variable('Path')
  const path = inside === undefined ? undefined : hostPath(container, inside, machine.platform).path
  const bytes = path === undefined ? undefined : await machine.files.read(path).catch(() => undefined)
  return bytes && (await readPfx(bytes, new Secret(variable('Password') ?? ''))).facts?.certificatePem
}

function noAddress(container: string): SetupError {
  return new SetupError({
    code: 'installation.no-address',
    what: `The container “${container}” publishes no port, so this program cannot ask the service.`,
    next: 'Publish its port on this machine, then try again.',
  })
}
