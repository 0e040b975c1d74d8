import type { Answers, ContainerAnswers } from '../../contract/answers.ts'
import type { ContainerSpec, FileMount } from '../../docker/container-spec.ts'
import { readDockerfile } from '../../docker/dockerfile.ts'
import { Secret } from '../../secrets/secret.ts'
import { imageSettings } from '../../service/image-settings.ts'
import { patchSettings, type SettingsEdits } from '../../service/settings-patch.ts'
import { parseSettings } from '../../service/settings-tree.ts'
import { settingOf } from '../../service/settings-value.ts'
import { planned, type PlannedStep } from '../../setup/step.ts'
import { buildServiceImage } from '../../steps/build-image.ts'
import { exportTlsCertificate } from '../../steps/export-tls-certificate.ts'
import { patchDockerfile } from '../../steps/patch-dockerfile.ts'
import { runContainer } from '../../steps/run-container.ts'
import { writeTlsCertificate } from '../../steps/write-tls-certificate.ts'
import { decodeText } from '../../text/encoding.ts'
import type { Facts } from './facts.ts'
import { hostsOf, type Layout } from './layout.ts'

/** Where the vendor's image keeps the service when its Dockerfile does not say (AC-8.3, "workdir"). */
const WORKING_FOLDER = '/app'
const TLS_IN_CONTAINER = '/https/https.pfx'

/** A file of the service as it is seen in the container. */
export function inContainer({ dockerfile }: Facts, name: string): string {
  const folder = dockerfile && readDockerfile(Buffer.from(dockerfile).toString('utf8')).workingFolder
  return `${(folder ?? WORKING_FOLDER).replace(/\/+$/, '')}/${name}`
}

/** The steps that only Docker needs; the last one starts the container. */
export function dockerSteps(
  answers: Answers,
  facts: Facts,
  layout: Layout,
  edits: SettingsEdits,
): PlannedStep[] {
  const container = answers.container!
  const settings = serviceEnvironment(facts, edits)
  const baked = container.settings === 'dockerfile-env'
  const tls = tlsStep(container, facts, layout)
  return [
    ...tls,
    ...(baked
      ? [
          planned(
            patchDockerfile,
            { id: 'patch-dockerfile', title: 'Write Dockerfile-OAuth', group: 'container' },
            { path: layout.dockerfile, environment: settings, before: facts.dockerfile ?? new Uint8Array() },
          ),
        ]
      : []),
    planned(
      buildServiceImage,
      {
        id: 'build-image',
        title: 'Build the image',
        group: 'container',
        weight: 10,
        follows: ['extract-service'],
      },
      {
        folder: layout.target,
        dockerfile: 'Dockerfile-OAuth',
        tag: container.image,
        settings: imageSettings(facts.source.settings),
        ...(facts.engine ? { engine: facts.engine } : {}),
      },
    ),
    planned(
      runContainer,
      {
        id: 'run-container',
        title: 'Run the container',
        group: 'container',
        weight: 2,
        follows: ['write-certificate', 'write-settings', 'build-image', ...tls.map(({ id }) => id)],
      },
      { spec: containerSpec(container, facts, layout, settings) },
    ),
  ]
}

/** A certificate for HTTPS: made here, or that of an own PFX. */
function tlsStep({ https }: ContainerAnswers, { tlsPassword }: Facts, layout: Layout): PlannedStep[] {
  if (!https) return []
  const { tlsPfx, tlsCertificate: certificate } = layout
  const about = {
    id: 'write-tls-certificate',
    title: 'Write the HTTPS certificate',
    group: 'certificate',
  } as const
  if (https.certificate === undefined)
    return [planned(writeTlsCertificate, about, { pfx: tlsPfx, certificate, hosts: hostsOf(layout) })]
  const password = tlsPassword ? { password: tlsPassword } : {}
  return [planned(exportTlsCertificate, about, { pfx: https.certificate, certificate, ...password })]
}

function containerSpec(
  container: ContainerAnswers,
  facts: Facts,
  layout: Layout,
  settings: Readonly<Record<string, string | Secret>>,
): ContainerSpec {
  const { https, network, restart, databaseServer } = container
  const ports = portMappings(container)
  const shared = network === 'host'
  const gateway = databaseServer === 'host.docker.internal' && facts.engine?.product !== 'podman'
  return {
    name: container.name,
    image: container.image,
    // A container on the host's own network listens there itself; publishing would have no effect.
    ports: shared ? [] : ports.map((port) => ({ host: port.host, container: port.container })),
    mounts: mounts(container, facts, layout),
    environment: {
      // Images of .NET 8 listen on 8080 unless told otherwise; the vendor's manual publishes 80.
      ASPNETCORE_URLS: ports.map((port) => `${port.scheme}://+:${port.container}`).join(';'),
      ...(https ? kestrel(https.port, facts) : {}),
      ...(container.settings === 'environment' ? settings : {}),
    },
    ...(network === undefined ? {} : { network }),
    ...(gateway ? { hosts: { 'host.docker.internal': 'host-gateway' } } : {}),
    // Docker does so by itself, Podman does not: an image that runs as another user than root may listen on 80.
    ...(shared ? {} : { sysctls: { 'net.ipv4.ip_unprivileged_port_start': '0' } }),
    restart,
  }
}

interface ServicePort {
  readonly scheme: 'http' | 'https'
  readonly host: number
  readonly container: number
}

/** The ports of this machine and those that the service listens on: the same on the host's own network. */
function portMappings({ https, httpPort, network }: ContainerAnswers): ServicePort[] {
  const ports: ServicePort[] = [
    ...(https ? [{ scheme: 'https' as const, host: https.port, container: 443 }] : []),
    ...(httpPort === undefined ? [] : [{ scheme: 'http' as const, host: httpPort, container: 80 }]),
  ]
  return network === 'host' ? ports.map((port) => ({ ...port, container: port.host })) : ports
}

function mounts({ settings, https }: ContainerAnswers, facts: Facts, layout: Layout): FileMount[] {
  return [
    { source: layout.pfx, target: inContainer(facts, 'openssl.pfx') },
    ...(settings === 'mounted-file'
      ? [{ source: layout.settings, target: inContainer(facts, 'appsettings.json') }]
      : []),
    ...(https ? [{ source: https.certificate ?? layout.tlsPfx, target: TLS_IN_CONTAINER }] : []),
  ]
}

/** Kestrel's own variables: the certificate of the address, another file than the one that signs. */
function kestrel(port: number, { tlsPassword }: Facts): Record<string, string | Secret> {
  return {
    ASPNETCORE_HTTPS_PORT: String(port),
    ASPNETCORE_Kestrel__Certificates__Default__Path: TLS_IN_CONTAINER,
    ...(tlsPassword ? { ASPNETCORE_Kestrel__Certificates__Default__Password: tlsPassword } : {}),
  }
}

/** The settings as variables, for the ways that do not mount the file. .NET reads `__` as a colon. */
function serviceEnvironment(facts: Facts, edits: SettingsEdits): Record<string, string | Secret> {
  const patched = decodeText(patchSettings(facts.settings, edits)).text
  const tree = parseSettings(patched)
  const provider = edits.dbProvider === 'Postgres' ? 'PostgresConnection' : 'MsSqlConnection'
  const connection = edits.connectionString ?? new Secret('')
  return {
    DbProvider: edits.dbProvider ?? '',
    DatabaseConnectionString: connection,
    [provider]: connection,
    Clients: new Secret(settingOf(tree, 'Clients') ?? ''),
    X509CertificatePath: edits.x509CertificatePath ?? '',
    Logging__LogLevel__Default: edits.logLevel ?? '',
    ...(facts.redis ? { RedisConnection: facts.redis } : {}),
    ...Object.fromEntries(
      (edits.set ?? []).map(({ path, value }) => [path.replaceAll(':', '__'), String(value)]),
    ),
  }
}
