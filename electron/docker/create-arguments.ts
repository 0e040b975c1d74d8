import { isEmpty, networksOf, ownConfiguration, type Inspected } from './container-own.ts'
import { list, record, strings, text } from './reading.ts'

/** What `docker create` needs to make a container like another one, around the name of the image. */
export interface CreateArguments {
  readonly options: readonly string[]
  /** What follows the image: a command of its own. */
  readonly command: readonly string[]
  /** Values of `--env NAME`, for the environment of the docker command: they may be secrets. */
  readonly env: Readonly<Record<string, string>>
}

/** Fields of HostConfig and their options: https://docs.docker.com/reference/cli/docker/container/run/ */
const LISTS = {
  Binds: '--volume',
  CapAdd: '--cap-add',
  CapDrop: '--cap-drop',
  DeviceCgroupRules: '--device-cgroup-rule',
  Dns: '--dns',
  DnsOptions: '--dns-option',
  DnsSearch: '--dns-search',
  ExtraHosts: '--add-host',
  GroupAdd: '--group-add',
  SecurityOpt: '--security-opt',
  VolumesFrom: '--volumes-from',
}
const FLAGS = { Init: '--init', Privileged: '--privileged', ReadonlyRootfs: '--read-only' }
const VALUES = {
  BlkioWeight: '--blkio-weight',
  CpuPeriod: '--cpu-period',
  CpuQuota: '--cpu-quota',
  CpuShares: '--cpu-shares',
  CpusetCpus: '--cpuset-cpus',
  CpusetMems: '--cpuset-mems',
  Memory: '--memory',
  MemoryReservation: '--memory-reservation',
  MemorySwap: '--memory-swap',
  OomScoreAdj: '--oom-score-adj',
  PidsLimit: '--pids-limit',
  ShmSize: '--shm-size',
}

/** Variables by which the docker command itself goes: their values have to stand in its arguments. */
const OF_THE_CLIENT =
  /^(PATH|HOME|USER|USERPROFILE|APPDATA|LOCALAPPDATA|PROGRAMDATA|PROGRAMFILES|SYSTEMROOT|WINDIR|COMSPEC|PATHEXT|TE?MP|TMPDIR|TERM|LANG|DOCKER_.*|BUILDKIT_.*|LD_.*|GO[A-Z]+|SSL_CERT_.*|XDG_.*)$/i

/**
 * How to make a container like this one. What came from its image is left to the image.
 * @param image the one it was made of; everything counts as its own where that is gone
 */
export function createArguments(container: Inspected, image: Inspected | undefined): CreateArguments {
  const host = record(container['HostConfig'])
  const own = ownConfiguration(container, image)
  const each = (option: string, values: readonly string[]) => values.flatMap((value) => [option, value])
  const env: Record<string, string> = {}
  const variables = Object.entries(own.environment).flatMap(([name, value]) => {
    if (OF_THE_CLIENT.test(name)) return ['--env', `${name}=${value}`]
    env[name] = value
    return ['--env', name]
  })
  const [entry, ...rest] = own.entrypoint ?? []
  return {
    options: [
      ...each('--restart', [restartPolicy(record(host['RestartPolicy']))]),
      ...each('--publish', published(record(host['PortBindings']))),
      ...Object.entries(LISTS).flatMap(([field, option]) => each(option, list(host[field]).map(text))),
      ...each('--mount', list(host['Mounts']).map(record).map(mountOption)),
      ...Object.entries(FLAGS).flatMap(([field, option]) => (host[field] === true ? [option] : [])),
      ...Object.entries(VALUES).flatMap(([field, option]) => each(option, valueOf(host[field]))),
      ...each('--cpus', Number(host['NanoCpus'] ?? 0) > 0 ? [String(Number(host['NanoCpus']) / 1e9)] : []),
      ...each('--sysctl', pairs(host['Sysctls'], '=')),
      ...each('--tmpfs', pairs(host['Tmpfs'], ':')),
      ...each('--ulimit', list(host['Ulimits']).map(record).map(ulimit)),
      ...each('--log-driver', valueOf(record(host['LogConfig'])['Type'])),
      ...each('--log-opt', pairs(record(host['LogConfig'])['Config'], '=')),
      ...networkOptions(container),
      ...variables,
      ...each('--label', pairs(own.labels, '=')),
      ...each('--user', valueOf(own.user)),
      ...each('--workdir', valueOf(own.workingFolder)),
      ...each('--hostname', valueOf(own.hostname)),
      ...each('--domainname', valueOf(record(container['Config'])['Domainname'])),
      ...each('--stop-signal', valueOf(own.stopSignal)),
      ...each('--stop-timeout', valueOf(record(container['Config'])['StopTimeout'])),
      ...(record(container['Config'])['Tty'] === true ? ['--tty'] : []),
      ...each('--entrypoint', entry === undefined ? [] : [entry]),
    ],
    command: [...rest, ...(own.command ?? [])],
    env,
  }
}

function networkOptions(container: Inspected): readonly string[] {
  const networks = networksOf(container)
  const said = text(record(container['HostConfig'])['NetworkMode'])
  // Podman says `bridge` of every network that it manages.
  const mode = said === 'bridge' && networks.size === 1 ? [...networks.keys()][0]! : said
  if (mode === '' || mode === 'default') return []
  const network = networks.get(mode)
  return [
    '--network',
    mode,
    ...(network?.aliases ?? []).flatMap((alias) => ['--network-alias', alias]),
    ...(network?.address === undefined ? [] : ['--ip', network.address]),
    ...(network?.address6 === undefined ? [] : ['--ip6', network.address6]),
  ]
}

function restartPolicy(policy: Inspected): string {
  const name = text(policy['Name']) || 'no'
  const most = Number(policy['MaximumRetryCount'] ?? 0)
  return name === 'on-failure' && most > 0 ? `${name}:${most}` : name
}

function published(bindings: Inspected): readonly string[] {
  return Object.entries(bindings).flatMap(([container, places]) =>
    list(places)
      .map(record)
      .map((place) => {
        const address = text(place['HostIp'])
        const host = address === '' ? '' : `${address.includes(':') ? `[${address}]` : address}:`
        return `${host}${text(place['HostPort'])}:${container}`
      }),
  )
}

/** `--mount` reads one line of CSV. */
function mountOption(mount: Inspected): string {
  const propagation = text(record(mount['BindOptions'])['Propagation'])
  const source = text(mount['Source'])
  return [
    `type=${text(mount['Type'])}`,
    ...(source === '' ? [] : [`source=${source}`]),
    `target=${text(mount['Target'])}`,
    ...(mount['ReadOnly'] === true ? ['readonly'] : []),
    ...(propagation === '' ? [] : [`bind-propagation=${propagation}`]),
  ]
    .map((field) => (/[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field))
    .join(',')
}

/** Podman calls a limit `RLIMIT_NOFILE` that the option calls `nofile`. */
function ulimit(limit: Inspected): string {
  const name = text(limit['Name'])
    .replace(/^RLIMIT_/, '')
    .toLowerCase()
  return `${name}=${Number(limit['Soft'])}:${Number(limit['Hard'])}`
}

function pairs(value: unknown, between: string): readonly string[] {
  return Object.entries(strings(value)).map(([name, item]) => `${name}${between}${item}`)
}

function valueOf(value: unknown): readonly string[] {
  return typeof value === 'string' || typeof value === 'number' ? (isEmpty(value) ? [] : [String(value)]) : []
}
