import { isEmpty, networksOf, ownConfiguration, type Inspected } from './container-own.ts'
import { list, record, text } from './reading.ts'

/**
 * What of a container another one that was made like it has not, by the names in `docker inspect`, such as
 * `HostConfig.Links`. Empty when nothing was lost.
 */
export function lostOptions(
  former: Inspected,
  formerImage: Inspected | undefined,
  made: Inspected,
): readonly string[] {
  const now = startedWith(made, undefined)
  return [...startedWith(former, formerImage)].flatMap(([name, value]) =>
    now.get(name) === value ? [] : [name],
  )
}

/** Everything that somebody chose for a container, as comparable text by its name. */
function startedWith(container: Inspected, image: Inspected | undefined): ReadonlyMap<string, string> {
  const config = record(container['Config'])
  const own = ownConfiguration(container, image)
  const { environment, labels, entrypoint, command, ...others } = own
  const started = new Map<string, string>()
  const add = (name: string, value: unknown) => {
    if (!isEmpty(value)) started.set(name, JSON.stringify(value))
  }
  for (const [name, value] of Object.entries(record(container['HostConfig'])))
    if (!OF_THE_MOMENT.has(name)) add(`HostConfig.${name}`, value)
  for (const name of ['Domainname', 'Tty', 'OpenStdin', 'StopTimeout']) add(`Config.${name}`, config[name])
  for (const [name, value] of Object.entries(others)) add(name, value)
  for (const [name, value] of Object.entries(environment)) add(`Env.${name}`, value)
  for (const [name, value] of Object.entries(labels)) add(`Labels.${name}`, value)
  // An entry point given to docker is one word, the rest of it becomes the command.
  add('Entrypoint and Cmd', entrypoint || command ? [...(entrypoint ?? []), ...(command ?? [])] : undefined)
  for (const mount of list(container['Mounts']).map(record))
    add(`Mounts.${text(mount['Destination'])}`, [
      mount['Type'],
      mount['Name'] ?? mount['Source'],
      mount['RW'],
    ])
  for (const [name, { aliases, ...addresses }] of networksOf(container)) {
    add(`Networks.${name}`, { there: true, ...addresses })
    // The engine adds names of its own, such as the container's.
    for (const alias of aliases) add(`Networks.${name}.Aliases.${alias}`, true)
  }
  return started
}

/** What the engine notes down for itself. */
const OF_THE_MOMENT = new Set(['ContainerIDFile', 'ConsoleSize'])
