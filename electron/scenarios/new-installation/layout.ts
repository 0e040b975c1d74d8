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
    pfx: join(target, 'openssl.pfx'),
    stdoutLog,
    logs: dirname(stdoutLog),
    tlsPfx: join(target, 'https', 'https.pfx'),
    tlsCertificate: join(target, 'https', 'https.crt'),
    publicUrl: (answers.publicUrl ?? localUrl).replace(/\/+$/, ''),
    localUrl,
  }
}

function localUrlOf({ container, website, publicUrl, hosting }: Answers): string {
  const issued = (port: number | undefined) => `https://localhost:${port ?? 443}`
  if (hosting === 'iis') {
    const { https, http, hostName } = website ?? {}
    if (!https) return `http://${hostName ?? 'localhost'}:${http?.port ?? 80}`
    if (https.certificate.from === 'self-signed') return `https://${hostName ?? 'localhost'}:${https.port}`
    // An issued certificate names the public host, so only by that name will it be trusted.
    const named = hostName ?? (publicUrl === undefined ? undefined : new URL(publicUrl).hostname)
    return named === undefined ? issued(https.port) : `https://${named}:${https.port}`
  }
  if (container?.httpPort !== undefined) return `http://localhost:${container.httpPort}`
  if (container?.https?.certificate !== undefined && publicUrl !== undefined)
    return publicUrl.replace(/\/+$/, '')
  return issued(container?.https?.port)
}
