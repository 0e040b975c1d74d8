import { environmentOf, list, record, strings, text } from './reading.ts'

/** A container or an image as `docker inspect` prints it. */
export type Inspected = Readonly<Record<string, unknown>>

/**
 * What somebody chose for a container in place of what its image says.
 * @param image the one it was made of; everything counts as chosen where that is gone
 */
export function ownConfiguration(container: Inspected, image: Inspected | undefined) {
  const config = record(container['Config'])
  const given = record(image?.['Config'])
  const differs = (field: string) => JSON.stringify(config[field]) !== JSON.stringify(given[field])
  const changed = (field: string) => (differs(field) ? config[field] : undefined)
  const words = (field: string) => list(config[field]).map(text)
  const hostname = text(config['Hostname'])
  // The engine calls a container by its id, and one without a network of its own as this machine.
  const isNamed =
    !text(container['Id']).startsWith(hostname) &&
    text(record(container['HostConfig'])['NetworkMode']) !== 'host'
  const { HOSTNAME, ...environment } = without(environmentOf(config['Env']), environmentOf(given['Env']))
  const begins = differs('Entrypoint')
  return {
    environment: { ...environment, ...(HOSTNAME === undefined || HOSTNAME === hostname ? {} : { HOSTNAME }) },
    labels: without(strings(config['Labels']), strings(given['Labels'])),
    user: text(changed('User')),
    workingFolder: text(changed('WorkingDir')),
    hostname: isNamed ? hostname : '',
    stopSignal: text(changed('StopSignal')),
    healthCheck: changed('Healthcheck'),
    volumes: Object.keys(without(record(config['Volumes']), record(given['Volumes']))),
    entrypoint: begins ? words('Entrypoint') : undefined,
    // An entry point of its own takes the image's command away.
    command: begins || differs('Cmd') ? words('Cmd') : undefined,
  }
}

function without<T>(all: Readonly<Record<string, T>>, given: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(
    Object.entries(all).filter(([name, value]) => !(name in given) || given[name] !== value),
  )
}

interface OwnNetwork {
  readonly aliases: readonly string[]
  readonly address?: string
  readonly address6?: string
}

/** The networks of a container with what was chosen there; names and addresses that the engine gave are left out. */
export function networksOf(container: Inspected): ReadonlyMap<string, OwnNetwork> {
  const id = text(container['Id'])
  const networks = record(record(container['NetworkSettings'])['Networks'])
  return new Map(
    Object.entries(networks).map(([name, found]) => {
      const { Aliases: aliases, IPAMConfig: chosen } = record(found)
      const address = text(record(chosen)['IPv4Address'])
      const address6 = text(record(chosen)['IPv6Address'])
      const own = list(aliases)
        .map(text)
        .filter((alias) => !id.startsWith(alias))
      return [
        name,
        {
          aliases: own,
          ...(address === '' ? {} : { address }),
          ...(address6 === '' ? {} : { address6 }),
        },
      ]
    }),
  )
}

/** What engines write where nothing was chosen. */
export function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === '' || value === 0 || value === false) return true
  return typeof value === 'object' && Object.values(value).every((item) => isEmpty(item))
}
