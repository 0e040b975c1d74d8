import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { problemOf } from '../../../electron/contract/problem.ts'
import { poolTakeOverProblem } from '../../../electron/iis/pool.ts'
import { poolCommands, poolDiffers, poolInput, type PoolSpec } from '../../../electron/iis/pool-spec.ts'
import {
  changePool,
  createPool,
  deletePool,
  exportPool,
  listPools,
  passwordIs,
  readPool,
  recyclePool,
  restorePool,
  startPool,
  stopPool,
} from '../../../electron/iis/pools.ts'
import { Secret } from '../../../electron/secrets/secret.ts'
import { simulated } from './simulated.ts'

const PASSWORD = new Secret(`p"ä<&>'€😀`)
const own: PoolSpec = { name: 'IDServicePool', identity: { account: 'ApplicationPoolIdentity' } }
const custom: PoolSpec = {
  name: 'IDServicePool',
  identity: { account: 'SpecificUser', user: String.raw`DOM\identity`, password: PASSWORD },
}
const managed: PoolSpec = {
  name: 'IDServicePool',
  identity: { account: 'gMSA', user: String.raw`DOM\identity$` },
}

async function problem(action: Promise<unknown>) {
  return problemOf(
    await action.then(
      () => 'no error',
      (error: unknown) => error,
    ),
  )
}

describe('a new pool', () => {
  it('is created by arguments where there is no password', async () => {
    const { machine, changes } = await simulated()
    await createPool(machine, own)
    expect(changes).toEqual([
      [
        'add',
        'apppool',
        '/name:IDServicePool',
        '/managedRuntimeVersion:',
        '/managedPipelineMode:Integrated',
        '/enable32BitAppOnWin64:false',
        '/processModel.identityType:ApplicationPoolIdentity',
        '/processModel.loadUserProfile:true',
        '/processModel.setProfileEnvironment:true',
      ],
    ])
    expect(poolCommands(own)).toEqual([`appcmd ${changes[0]!.join(' ')}`])
    expect(poolInput(own)).toBeUndefined()
  })

  it('has the name of a managed account and no password', async () => {
    const { machine, changes } = await simulated()
    await createPool(machine, managed)
    expect(changes[0]).toContain(String.raw`/processModel.userName:DOM\identity$`)
    expect(changes[0]!.join(' ')).not.toContain('password')
    expect(await readPool(machine, 'idservicepool')).toMatchObject({
      hasPassword: false,
      user: String.raw`DOM\identity$`,
    })
  })

  it('gets its password on standard input only', async () => {
    const { machine, changes, seen } = await simulated()
    await createPool(machine, custom)
    expect(changes).toEqual([['add', 'apppool', '/in']])
    expect(await passwordIs(machine, 'IDServicePool', PASSWORD)).toBe(true)
    expect(await passwordIs(machine, 'IDServicePool', new Secret('other'))).toBe(false)
    expect(await passwordIs(machine, 'Other', PASSWORD)).toBe(false)
    expect(JSON.stringify([seen, await listPools(machine), poolInput(custom)])).not.toMatch(/p"|€|x20AC/)
    expect(poolInput(custom)).toContain('password="[hidden]"')
  })

  it('is as wanted at once', async () => {
    const user = fc.stringMatching(/^[A-Za-z]{1,8}\\[a-z äöü'$.-]{1,12}$/)
    const identity: fc.Arbitrary<PoolSpec['identity']> = fc.oneof(
      fc.constant({ account: 'ApplicationPoolIdentity' as const }),
      user.map((name) => ({ account: 'SpecificUser' as const, user: name, password: PASSWORD })),
      fc
        .stringMatching(/^[A-Z]{1,8}\\[a-z]{1,8}\$$/)
        .map((name) => ({ account: 'gMSA' as const, user: name })),
    )
    const { machine } = await simulated()
    await fc.assert(
      fc.asyncProperty(identity, async (each) => {
        const spec = { name: 'IDServicePool', identity: each }
        await createPool(machine, spec)
        expect(poolDiffers((await readPool(machine, spec.name))!, spec)).toEqual([])
        await deletePool(machine, spec.name)
      }),
      { numRuns: 15 },
    )
  })

  it('does not take the place of another', async () => {
    const { machine, iis } = await simulated()
    await createPool(machine, own)
    const before = await iis()
    expect(await problem(createPool(machine, own))).toMatchObject({ code: 'iis.duplicate' })
    expect(await problem(createPool(machine, custom))).toMatchObject({ code: 'iis.duplicate' })
    expect(await iis()).toEqual(before)
  })

  it.each([
    [own, true],
    [own, false],
    [custom, true],
    [custom, false],
  ])('is created once when the call is cut off (%#, done: %s)', async (spec, works) => {
    const { machine, faults, changes } = await simulated()
    faults.push({ call: 'add apppool', code: 1726, works })
    await createPool(machine, spec)
    expect(changes).toHaveLength(works ? 1 : 2)
    faults.push({ call: 'delete apppool', code: 1726, works })
    await deletePool(machine, spec.name)
    expect(await readPool(machine, spec.name)).toBeUndefined()
  })

  it('needs the rights of an administrator', async () => {
    const { machine } = await simulated({ token: 'filtered' })
    expect(await problem(createPool(machine, own))).toMatchObject({ code: 'iis.not-elevated' })
  })
})

describe('a changed pool', () => {
  it('says in words how it was other', async () => {
    const { machine } = await simulated()
    const pool = (await readPool(machine, 'DefaultAppPool'))!
    expect(poolDiffers({ ...pool, loadUserProfile: false }, { ...own, name: 'DefaultAppPool' })).toEqual(
      expect.arrayContaining([
        '.NET CLR version v4.0 instead of No Managed Code',
        'Load User Profile is off',
      ]),
    )
    expect(poolDiffers({ ...pool, runtimeVersion: '' }, custom).join()).toContain(
      String.raw`identity ApplicationPoolIdentity instead of DOM\identity`,
    )
  })

  it.each([
    [own, custom],
    [own, managed],
    [custom, own],
    [custom, managed],
    [managed, custom],
    [custom, { ...custom, identity: { ...custom.identity, password: new Secret('new') } } as PoolSpec],
  ])('is as wanted, and comes back exactly (%#)', async (before, after) => {
    const { machine, iis, seen } = await simulated()
    await createPool(machine, before)
    const first = await iis()
    const former = (await exportPool(machine, before.name))!
    expect(JSON.stringify(former)).not.toMatch(/p"|€|x20AC/)

    await changePool(machine, after, former)
    expect(poolDiffers((await readPool(machine, after.name))!, after)).toEqual([])
    if (after.identity.account === 'SpecificUser')
      expect(await passwordIs(machine, after.name, after.identity.password)).toBe(true)

    expect(await restorePool(machine, former)).toBe(true)
    expect((await readPool(machine, before.name))?.state).toBe('Stopped')
    expect(former.state).toBe('Started')
    await startPool(machine, before.name)
    expect(plain(await iis())).toEqual(plain(first))
    if (before.identity.account === 'SpecificUser')
      expect(await passwordIs(machine, before.name, PASSWORD)).toBe(true)
    expect(seen.join('\n')).not.toMatch(/p"|€|x20AC|password:/)
  })

  it('keeps what else was set in it', async () => {
    const { machine } = await simulated()
    await machine.processes.run({
      command: `${machine.windows!.windows}/System32/inetsrv/appcmd.exe`,
      args: [
        'add',
        'apppool',
        '/name:IDServicePool',
        '/autoStart:false',
        '/processModel.idleTimeout:00:00:00',
      ],
    })
    await changePool(machine, custom, (await exportPool(machine, own.name))!)
    const kept = JSON.stringify((await exportPool(machine, own.name))!)
    expect(kept).toContain('idleTimeout=\\"00:00:00\\"')
    expect((await readPool(machine, own.name))?.autoStart).toBe(true)
  })

  it('is put back when IIS does not take the new one', async () => {
    const { machine, iis, faults } = await simulated()
    await createPool(machine, own)
    const before = await iis()
    const former = (await exportPool(machine, own.name))!
    faults.push({ call: 'add apppool', code: 13, works: false })
    expect(await problem(changePool(machine, custom, former))).toMatchObject({ code: 'iis.invalid-data' })
    expect(plain(await iis())).toEqual(plain(before))
  })

  it('comes back after a crash between deleting and adding, with its password', async () => {
    const { machine, iis } = await simulated()
    await createPool(machine, custom)
    const before = await iis()
    const former = (await exportPool(machine, own.name))!
    await changePool(machine, own, former)
    await deletePool(machine, own.name)
    expect(await restorePool(machine, former)).toBe(true)
    await startPool(machine, own.name)
    expect(plain(await iis())).toEqual(plain(before))
  })

  it('is known never to have been changed, or not to have a way back', async () => {
    const { machine, iis, changes } = await simulated()
    await createPool(machine, custom)
    const former = (await exportPool(machine, own.name))!
    const before = await iis()
    expect(await restorePool(machine, former)).toBe(true)
    expect(await iis()).toEqual(before)
    await changePool(machine, own, former)
    await deletePool(machine, former.kept!.name)
    changes.length = 0
    expect(await restorePool(machine, former)).toBe(false)
    expect(changes).toEqual([])
  })

  it('has one copy at most', async () => {
    const { machine } = await simulated()
    await createPool(machine, custom)
    const earlier = { ...machine, clock: { ...machine.clock, now: () => new Date('2026-01-01T00:00:00Z') } }
    await changePool(machine, custom, (await exportPool(earlier, own.name))!)
    await changePool(machine, custom, (await exportPool(machine, own.name))!)
    const copies = (await listPools(machine)).filter(({ name }) => name.startsWith('IDServicePool-former-'))
    expect(copies).toHaveLength(1)
    expect(copies[0]).toMatchObject({ state: 'Stopped', autoStart: false })
  })
})

describe('a pool of someone else', () => {
  it('is not taken over with a password that nobody could put back', async () => {
    const { machine } = await simulated()
    await createPool(machine, custom)
    const pool = (await readPool(machine, own.name))!
    expect(poolTakeOverProblem(pool)).toMatchObject({ code: 'iis.pool-holds-secrets' })
    expect(poolTakeOverProblem((await readPool(machine, 'DefaultAppPool'))!)).toBeUndefined()
  })
})

describe('the state of a pool', () => {
  it('is brought about whatever it was', async () => {
    const { machine, changes } = await simulated()
    await createPool(machine, own)
    changes.length = 0
    await startPool(machine, own.name)
    expect(changes).toEqual([])
    await stopPool(machine, own.name)
    await stopPool(machine, own.name)
    expect(changes).toEqual([['stop', 'apppool', 'IDServicePool']])
    await recyclePool(machine, own.name)
    expect((await readPool(machine, own.name))?.state).toBe('Started')
    await recyclePool(machine, own.name)
    expect(changes.at(-1)).toEqual(['recycle', 'apppool', 'IDServicePool'])
    await stopPool(machine, 'Other')
    expect(await problem(startPool(machine, 'Other'))).toMatchObject({ code: 'iis.missing' })
  })

  it.each([
    [4312, false],
    [1061, false],
    [1726, false],
    [1056, true],
    [2147549190, true],
  ])('is what counts after exit code %i (done: %s)', async (code, works) => {
    const { machine, faults } = await simulated()
    await createPool(machine, own)
    await stopPool(machine, own.name)
    faults.push({ call: 'start apppool', code, works }, { call: 'start apppool', code, works })
    await startPool(machine, own.name)
    expect((await readPool(machine, own.name))?.state).toBe('Started')
  })

  it('is waited for no longer than ten tries', async () => {
    const { machine, faults } = await simulated()
    await createPool(machine, own)
    await stopPool(machine, own.name)
    for (let count = 0; count < 20; count++) faults.push({ call: 'start apppool', code: 4312, works: false })
    expect(await problem(startPool(machine, own.name))).toMatchObject({ code: 'iis.not-taken-up' })
    expect(faults).toHaveLength(10)
  })

  it('is unknown while the services of IIS are stopped', async () => {
    const { machine } = await simulated({ wasStopped: true })
    expect((await readPool(machine, 'DefaultAppPool'))?.state).toBe('Unknown')
    await stopPool(machine, 'DefaultAppPool')
    expect(await problem(startPool(machine, 'DefaultAppPool'))).toMatchObject({ code: 'iis.was-stopped' })
  })
})

/** Without the order of the pools, which IIS gives no meaning, and with passwords opened by nobody. */
function plain(iis: unknown): unknown {
  const { pools, ...rest } = iis as { pools: { attributes: Record<string, string> }[] }
  const text = JSON.stringify(
    pools.toSorted((a, b) => (a.attributes['name']! < b.attributes['name']! ? -1 : 1)),
  )
  return { ...rest, pools: text.replace(/"password":"[^"]*"/g, '"password":""') }
}
