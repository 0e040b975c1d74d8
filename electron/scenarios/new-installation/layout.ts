import { join } from 'node:path'
import type { Answers } from '../../contract/answers.ts'

/** Where things stand and how they are reached, from the answers alone. */
export interface Layout {
  readonly target: string
  readonly settings: string
  readonly webConfig: string
  readonly dockerfile: string
  /** The PFX that signs. */
  readonly pfx: string
  readonly tlsPfx: string
  readonly tlsCertificate: string
  /** The Identity Service URL. */
  readonly publicUrl: string
  /** The address by which this machine reaches the service. */
  readonly localUrl: string
}

/** @param practicePort the port of a practice run whose answers name none */
export function layoutOf(answers: Answers, practicePort = 0): Layout {
  const { target } = answers.service
  const localUrl = localUrlOf(answers, practicePort)
  return {
    target,
    settings: join(target, 'appsettings.json'),
    webConfig: join(target, 'web.config'),
    dockerfile: join(target, 'Dockerfile-OAuth'),
    pfx: join(target, 'openssl.pfx'),
    tlsPfx: join(target, 'https', 'https.pfx'),
    tlsCertificate: join(target, 'https', 'https.crt'),
    publicUrl: (answers.publicUrl ?? localUrl).replace(/\/+$/, ''),
    localUrl,
  }
}

function localUrlOf({ hosting, container, practice, publicUrl }: Answers, practicePort: number): string {
  if (hosting === 'practice') return `http://localhost:${practice?.port ?? practicePort}`
  if (container?.httpPort !== undefined) return `http://localhost:${container.httpPort}`
  // An issued certificate names the public host, so only by that name will it be trusted.
  if (container?.https?.certificate !== undefined && publicUrl !== undefined)
    return publicUrl.replace(/\/+$/, '')
  return `https://localhost:${container?.https?.port ?? 443}`
}
