import { dirname, join } from 'node:path'
import type { Answers } from '../../contract/answers.ts'

/** Where things stand and how they are reached, from the answers alone. */
export interface Layout {
  readonly target: string
  readonly settings: string
  readonly webConfig: string
  readonly dockerfile: string
  /** The PFX that signs. */
  readonly pfx: string
  /** Path of the stdout log files without time and ending, and their folder. */
  readonly stdoutLog: string
  readonly logs: string
  readonly tlsPfx: string
  readonly tlsCertificate: string
  /** The Identity Service URL. */
  readonly publicUrl: string
  /** The address by which this machine reaches the service. */
  readonly localUrl: string
}

/** Everything that follows from the answers without looking at the machine. */
export function layoutOf(answers: Answers): Layout {
  const { target } = answers.service
  const localUrl = localUrlOf(answers)
  const stdoutLog = answers.logging.stdoutLogFile ?? join(target, 'logs', 'stdout')
  return {
    target,
    settings: join(target, 'appsettings.json'),
    webConfig: join(target, 'web.config'),
    dockerfile: join(target, 'Dockerfile-OAuth'),
    pfx: pfxIn(target),
    stdoutLog,
    logs: dirname(stdoutLog),
    tlsPfx: join(target, 'https', 'https.pfx'),
    tlsCertificate: join(target, 'https', 'https.crt'),
    publicUrl: (answers.publicUrl ?? localUrl).replace(/\/+$/, ''),
    localUrl,
  }
}

/** The PFX of a service in its folder, under the name that the vendor's script gives it. */
export function pfxIn(target: string): string {
  return join(target, 'openssl.pfx')
}

function localUrlOf({ container, website, publicUrl, hosting }: Answers): string {
  if (hosting === 'iis') {
    const { https, http, hostName } = website ?? {}
    if (!https) return address('http', hostName, http?.port)
    if (https.certificate.from === 'self-signed') return address('https', hostName, https.port)
    // An issued certificate names the public host, so only by that name will it be trusted.
    const named = hostName ?? (publicUrl === undefined ? undefined : new URL(publicUrl).hostname)
    return address('https', named, https.port)
  }
  if (container?.httpPort !== undefined) return address('http', undefined, container.httpPort)
  if (container?.https?.certificate !== undefined && publicUrl !== undefined)
    return publicUrl.replace(/\/+$/, '')
  return address('https', undefined, container?.https?.port)
}

const usualPorts = { http: 80, https: 443 } as const

/** A URL without the port that goes without saying: the service itself leaves it out of the addresses it gives. */
function address(scheme: 'http' | 'https', host = 'localhost', port: number = usualPorts[scheme]): string {
  return `${scheme}://${port === usualPorts[scheme] ? host : `${host}:${port}`}`
}

/** Names that a certificate made here is for: the one in the Identity Service URL, and this machine's own. */
export function hostsOf({ publicUrl }: Layout): string[] {
  const { hostname } = new URL(publicUrl)
  return [...new Set([hostname.replace(/^\[|\]$/g, ''), 'localhost', '127.0.0.1'])]
}
