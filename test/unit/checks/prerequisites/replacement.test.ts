import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { answersCheck } from '../../../../electron/checks/prerequisites/answers.ts'
import { folderCheck } from '../../../../electron/checks/prerequisites/replacement/folder.ts'
import type { ReplacementSubject } from '../../../../electron/checks/prerequisites/replacement/subject.ts'
import { SetupError } from '../../../../electron/contract/problem.ts'
import type { HttpRequest, Machine } from '../../../../electron/machine/machine.ts'
import { realMachine } from '../../../../electron/machine/real.ts'

let folder: string
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'replacement-checks-'))))
afterEach(() => rm(folder, { recursive: true, force: true }))

const installation = {
  hosting: 'iis',
  localUrl: 'https://localhost:8443',
} as ReplacementSubject['installation']

describe('the folder of the certificate', () => {
  const look = (pfx: string, more: Partial<ReplacementSubject> = {}) =>
    folderCheck.look({
      machine: realMachine(),
      installation,
      pfx: join(folder, pfx),
      moved: false,
      elevated: true,
      ...more,
    })

  /** Whoever runs the tests may write everywhere. */
  const readOnly = (): Machine => {
    const machine = realMachine()
    return { ...machine, files: { ...machine.files, mayWrite: async () => false } }
  }

  it('passes where it can be written to, also behind a link', async () => {
    expect(await look('openssl.pfx')).toMatchObject({
      status: 'passed',
      summary: 'Files can be written there.',
    })
    await mkdir(join(folder, 'IdentityService-8.3'))
    await symlink(join(folder, 'IdentityService-8.3'), join(folder, 'IdentityService'))
    expect(await look('IdentityService/openssl.pfx')).toMatchObject({ status: 'passed' })
  })

  it('may be missing for another path, and not for the one in use', async () => {
    expect(await look('keys/signing.pfx', { moved: true })).toMatchObject({
      status: 'passed',
      summary: 'It can be made.',
    })
    expect(await look('keys/signing.pfx')).toMatchObject({
      status: 'failed',
      cause: expect.stringContaining('X509CertificatePath'),
    })
    await writeFile(join(folder, 'keys'), '')
    expect(await look('keys/signing.pfx', { moved: true })).toMatchObject({ status: 'failed' })
  })

  it('fails for an administrator who may not write there; of anybody else nothing is known', async () => {
    expect(await look('openssl.pfx', { machine: readOnly() })).toMatchObject({ status: 'failed' })
    expect(await look('openssl.pfx', { machine: readOnly(), elevated: false })).toMatchObject({
      status: 'not-tried',
    })
  })
})

describe('the service as it is', () => {
  const check = answersCheck('replacement.answers', 'Go on.')
  const asked: (HttpRequest | undefined)[] = []

  const look = (code: string, more: { readonly trust?: string } = {}) => {
    const machine = realMachine()
    const http = async (_: string, request?: HttpRequest) => {
      asked.push(request)
      throw new SetupError({ code, what: 'It was not to be had.', next: 'Look there.' })
    }
    return check.look({
      machine: { ...machine, network: { ...machine.network, http } },
      installation,
      ...more,
    })
  }

  it.each(['http.refused', 'http.timeout', 'http.reset'])(
    'that is down (%s) may be so because of its certificate',
    async (code) => {
      expect(await look(code)).toMatchObject({
        status: 'warning',
        remedy: { text: expect.stringMatching(/Go on\.$/) },
      })
    },
  )

  it.each(['http.tls', 'http.name'])(
    'that this machine cannot ask (%s) is told before it is restarted for nothing',
    async (code) => {
      const finding = await look(code)
      expect(finding).toMatchObject({
        status: 'failed',
        summary: 'This machine cannot ask the service, so nothing could be proven afterwards.',
      })
      expect(finding.remedy!.text).not.toContain('Go on.')
    },
  )

  it('is trusted by what was found, before a file holds it', async () => {
    asked.length = 0
    await look('http.refused', { trust: 'PEM' })
    expect(asked).toMatchObject([{ trust: ['PEM'] }])
  })
})
