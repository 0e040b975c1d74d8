import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createTlsCertificate } from '../../../../electron/certificate/tls.ts'
import { problemOf } from '../../../../electron/contract/problem.ts'
import type { Machine } from '../../../../electron/machine/machine.ts'
import { realMachine } from '../../../../electron/machine/real.ts'
import { practiceInstaller } from '../../../../electron/practice/windows/demonstration.ts'
import { ELEVATED_VARIABLE } from '../../../../electron/practice/windows/elevated-process.ts'
import { practiceState, practiceWindows } from '../../../../electron/practice/windows/machine.ts'
import { configurationText } from '../../../../electron/practice/windows/store.ts'
import { lookAtAccount } from '../../../../electron/windows/account.ts'
import { batchLogon } from '../../../../electron/windows/batch-logon.ts'
import { lookAtBundle, runBundle } from '../../../../electron/windows/bundle.ts'
import {
  importPfx,
  listMachineCertificates,
  removeCertificate,
} from '../../../../electron/windows/certificates.ts'
import { startElevated } from '../../../../electron/windows/elevate.ts'
import {
  addFirewallRule,
  findFirewallRule,
  removeFirewallRule,
} from '../../../../electron/windows/firewall.ts'
import { judgeForHttps } from '../../../../electron/windows/judge-certificate.ts'
import { listSslBindings } from '../../../../electron/windows/ssl-binding-list.ts'
import {
  addSslBinding,
  IIS_APP_ID,
  removeSslBinding,
  replaceSslBinding,
} from '../../../../electron/windows/ssl-bindings.ts'
import { lookAtToken } from '../../../../electron/windows/token.ts'

const real = realMachine()
let folder: string
let machine: Machine

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'practice-questions-'))
  machine = practiceWindows(real, folder, { demonstration: true, module: 'missing', runtimes: [] })
  // The first look at its files makes the server.
  await machine.files.info(folder)
})
afterEach(() => rm(folder, { recursive: true }))

const configuration = () => practiceState(real, folder).change(async (state) => configurationText(state))

describe('what the product asks of a practice server by PowerShell and netsh', () => {
  it('binds the certificate that fits, and leaves no trace', async () => {
    const certificates = await listMachineCertificates(machine)
    const judged = certificates.map((one) => judgeForHttps(one, 'localhost', new Date()).usable)
    expect(judged).toEqual([true, false, false, false])
    const before = await configuration()
    const { random } = real
    const { pfx } = await createTlsCertificate({ hosts: ['identity.example'], now: new Date(), random })
    const imported = await importPfx(machine, { pfx, password: undefined })
    const at = (endpoint: string, thumbprint: string) => ({
      endpoint,
      kind: endpoint.startsWith('0') ? ('ip' as const) : ('sni' as const),
      thumbprint,
      appId: IIS_APP_ID,
      store: 'MY',
    })
    const first = at('0.0.0.0:8443', certificates[0]!.thumbprint)
    const named = at('identity.example:8443', imported.thumbprint)
    await addSslBinding(machine, first)
    await addSslBinding(machine, named)
    expect(await listSslBindings(machine)).toEqual([first, named])
    await replaceSslBinding(machine, first, { ...first, thumbprint: imported.thumbprint })
    const keyless = { ...first, thumbprint: certificates[2]!.thumbprint }
    const refused = await replaceSslBinding(machine, first, keyless).catch(problemOf)
    expect(refused).toMatchObject({ code: 'ssl-binding.no-key' })
    await removeSslBinding(machine, first.endpoint)
    await removeSslBinding(machine, named.endpoint)
    for (const one of imported.added) expect(await removeCertificate(machine, one)).toBe(true)
    expect(await configuration()).toBe(before)
  })

  it('opens and closes the firewall', async () => {
    await machine.files.info(folder)
    const before = await configuration()
    await addFirewallRule(machine, { name: 'identity', displayName: 'Identity Service', ports: [8443] })
    expect(await findFirewallRule(machine, 'identity')).toMatchObject({ ports: ['8443'] })
    await removeFirewallRule(machine, 'identity')
    expect(await findFirewallRule(machine, 'identity')).toBeUndefined()
    expect(await configuration()).toBe(before)
  })

  it('looks at the installer, runs it and takes it away again', async () => {
    await machine.files.info(folder)
    const before = await configuration()
    const bundle = await lookAtBundle(machine, practiceInstaller(folder))
    expect(bundle).toMatchObject({ trusted: true, hostingBundle: true, version: '8.0.22.25577' })
    expect(await runBundle(machine, bundle, 'install')).toEqual({ restartNeeded: false })
    expect(await readdir(join(folder, 'drive', 'Program Files', 'dotnet', 'shared'))).toContain(
      'Microsoft.AspNetCore.App',
    )
    expect(await configuration()).not.toBe(before)
    await runBundle(machine, bundle, 'uninstall')
    expect(JSON.parse(await configuration()).module).toBeNull()
  })

  it('finds accounts and their rights', async () => {
    expect((await lookAtAccount(machine, { user: 'BUILTIN\\Users' }))?.sid).toBe('S-1-5-32-545')
    expect(await lookAtAccount(machine, { user: '.\\nobody' })).toBeUndefined()
    expect(await batchLogon(machine, { sids: ['S-1-5-32-568'], scratch: folder })).toBe('granted')
  })

  it('gives full rights to the process that was let through, and to no other', async () => {
    await practiceState(real, folder).change(async (state) => {
      state.token = { ...state.token, elevated: false }
    })
    vi.stubEnv(ELEVATED_VARIABLE, '1')
    expect((await lookAtToken(machine)).elevated).toBe(true)
    vi.unstubAllEnvs()
    expect((await lookAtToken(machine)).elevated).toBe(false)
  })

  it('is refused elevation when somebody says no', async () => {
    await practiceState(real, folder).change(async (state) => {
      state.token = { ...state.token, elevated: false }
      state.runtime.refuseElevation = true
    })
    const refused = await startElevated(machine, { file: process.execPath, args: ['--version'] }).catch(
      problemOf,
    )
    expect(refused).toMatchObject({ code: 'elevation.refused' })
    await startElevated(machine, { file: process.execPath, args: ['--version'] })
  })
})
