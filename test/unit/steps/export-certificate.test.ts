import { beforeAll, describe, expect, test } from 'vitest'
import { readMaterial } from '../../../electron/certificate/material.ts'
import { certificateFiles } from '../../../electron/certificate/write-files.ts'
import { createSigningCertificate } from '../../../electron/certificate/signing.ts'
import type { Machine } from '../../../electron/machine/machine.ts'
import { realMachine } from '../../../electron/machine/real.ts'
import { Redactor } from '../../../electron/secrets/redactor.ts'
import { Secret } from '../../../electron/secrets/secret.ts'
import { inspectPlan, viewPlan } from '../../../electron/setup/plan.ts'
import { planned, stepRegistry } from '../../../electron/setup/step.ts'
import type { ExportInput } from '../../../electron/steps/certificate-input.ts'
import { exportCertificate } from '../../../electron/steps/export-certificate.ts'

type Contents = Readonly<Record<string, Uint8Array | string>>

const real = realMachine()
const PASSWORD = new Secret('mild-Otter-23-lamp')
const input: ExportInput = { pfx: '/srv/openssl.pfx', cer: true, pemPassword: PASSWORD }

/** The PFX and what belongs beside it. */
let own: Contents
let another: Contents

beforeAll(async () => {
  const made = async () => {
    const { pfx } = await createSigningCertificate({ subject: 'CN=A', now: new Date(), random: real.random })
    const { certificate, privateKey } = await readMaterial({ file: pfx })
    const files = await certificateFiles({
      pfxPath: input.pfx,
      pfx,
      certificates: [certificate!.raw],
      privateKey: privateKey!,
      cer: true,
      pem: { password: PASSWORD },
    })
    return Object.fromEntries(files.map(({ path, bytes }) => [path, bytes]))
  }
  ;[own, another] = await Promise.all([made(), made()])
})

/** The plan with this one step, as it is shown where these files are there. */
async function shown(contents: Contents) {
  const read = async (path: string) => (path in contents ? Buffer.from(contents[path]!) : undefined)
  const machine: Machine = { ...real, files: { ...real.files, read } }
  const step = planned(exportCertificate, { id: 'export', title: 'Write', group: 'certificate' }, input)
  const plan = { title: 'T', practice: false, elevation: 'none', steps: [step], warnings: [], untouched: [] } as const // prettier-ignore
  const registry = stepRegistry([exportCertificate])
  const view = viewPlan(plan, 'id', registry, await inspectPlan(plan, registry, machine), new Redactor())
  const { found, evidence, files } = view.steps[0]!
  return { found, evidence, changes: files.map(({ path, change }) => `${path} ${change}`) }
}

describe('what lies beside the PFX already', () => {
  test('is nothing: all is new', async () => {
    const nothing = await shown({})
    expect([nothing.found, nothing.changes]).toEqual([
      'absent',
      ['/srv/openssl.cer new', '/srv/openssl.crt new', '/srv/openssl.key new'],
    ])
  })

  test('is somebody else’s: that it is replaced is said, also while there is no PFX yet', async () => {
    for (const pfx of [{ '/srv/openssl.pfx': own['/srv/openssl.pfx']! }, {}]) {
      const theirs = await shown({ ...pfx, '/srv/openssl.key': 'precious', '/srv/openssl.cer': another['/srv/openssl.cer']! }) // prettier-ignore
      expect([theirs.found, theirs.changes]).toEqual([
        'differs',
        ['/srv/openssl.cer changed', '/srv/openssl.crt new', '/srv/openssl.key changed'],
      ])
      expect(theirs.evidence).toEqual([
        '/srv/openssl.cer is there and belongs to another certificate; it is replaced, and a copy is kept.',
        'There is no /srv/openssl.crt yet.',
        '/srv/openssl.key is there and belongs to another certificate, or has another password; it is replaced, and a copy is kept.',
      ])
    }
  })

  test('belongs to the PFX: it is as wanted', async () => {
    const { found, changes } = await shown(own)
    expect([found, changes.every((change) => change.endsWith(' unchanged'))]).toEqual(['as-wanted', true])
  })
})
