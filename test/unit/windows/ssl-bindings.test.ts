import { describe, expect, it } from 'vitest'
import type { Command } from '../../../electron/machine/machine.ts'
import {
  endpointKind,
  findSslBinding,
  listSslBindings,
  type SslBinding,
} from '../../../electron/windows/ssl-binding-list.ts'
import {
  addSslBinding,
  IIS_APP_ID,
  removeSslBinding,
  replaceSslBinding,
  restoreSslBinding,
  sslBindingCommand,
} from '../../../electron/windows/ssl-bindings.ts'
import { netshDouble, WORDS } from './support/netsh-double.ts'

const OLD: SslBinding = {
  endpoint: '0.0.0.0:443',
  kind: 'ip',
  thumbprint: 'D4A17E3B57E48C1166F18394A819EDF770459AC8',
  appId: '{12345678-db90-4b66-8b01-88f7af2e36bf}',
  store: 'MY',
}
const NEW: SslBinding = { ...OLD, thumbprint: 'AB'.repeat(20), appId: IIS_APP_ID }
const SNI: SslBinding = { ...NEW, endpoint: 'identity.example.com:443', kind: 'sni', store: 'WebHosting' }
const IPV6: SslBinding = { ...NEW, endpoint: '[::]:8443' }
const changes = (calls: readonly string[]) => calls.filter((call) => /^netsh http (?!show)/.test(call))

describe.each(Object.keys(WORDS) as (keyof typeof WORDS)[])('bindings on a %s Windows', (language) => {
  it('are read by the shape of their values', async () => {
    const bindings = [OLD, SNI, IPV6]
    expect(await listSslBindings(netshDouble({ language, bindings }).machine)).toEqual(bindings)
  })

  it('are none', async () => {
    expect(await listSslBindings(netshDouble({ language }).machine)).toEqual([])
  })

  it.each([
    [183, 'ssl-binding.taken'],
    [1312, 'ssl-binding.no-key'],
    [5, 'ssl-binding.denied'],
    [87, 'ssl-binding.failed'],
  ])('are refused with error %i as %s', async (error, code) => {
    const { machine, bindings } = netshDouble({ language, errors: { add: [error] } })
    await expect(addSslBinding(machine, NEW)).rejects.toMatchObject({ problem: { code } })
    expect(bindings.size).toBe(0)
  })
})

describe('what netsh prints', () => {
  const head = '\r\nSSL Certificate bindings:\r\n-------------------------\r\n\r\n'
  const record = (...rows: readonly string[]) => `${rows.map((row) => `    ${row}\r\n`).join('')}\r\n`
  const listed = async (stdout: string) => {
    const { machine } = netshDouble()
    const run = async ({ decode }: Command) => {
      const bytes = Buffer.from(stdout)
      return { exitCode: 0, stdout: decode!(bytes), stderr: '' }
    }
    return listSslBindings({ ...machine, processes: { ...machine.processes, run } })
  }
  const endpoint = 'IP:port                      : 0.0.0.0:443'
  const hash = 'Certificate Hash             : d4a17e3b57e48c1166f18394a819edf770459ac8'
  const app = 'Application ID               : {12345678-DB90-4B66-8B01-88F7AF2E36BF}'
  const store = 'Certificate Store Name       : My'

  it.each([
    ['a store without a name', [endpoint, hash, app, 'Certificate Store Name       : (null)'], 'MY'],
    ['nothing behind the GUID', [endpoint, hash, app], 'MY'],
    ['lines of newer builds', [endpoint, hash, app, store, 'Disable QUIC : Not Set', 'Property : 0'], 'My'],
    ['labels with wide colons', ['IP:端口 ：0.0.0.0:443', hash, app, store], 'My'],
  ])('has %s', async (_, rows, named) => {
    const unnamed = rows.at(-1)!.endsWith('(null)') ? { storeUnnamed: true } : {}
    expect(await listed(head + record(...rows))).toEqual([{ ...OLD, store: named, ...unnamed }])
  })

  it('keeps records apart when one has no certificate', async () => {
    const central = [
      'Central Certificate Store    : 443',
      'Certificate Hash             : (null)',
      app,
      store,
    ]
    const without = [endpoint, 'Certificate Hash             : (null)', app, store]
    const whole = [endpoint.replace('443', '8443'), hash, app, store]
    const found = await listed(head + record(...central) + record(...without) + record(...whole))
    expect(found.map((one) => one.endpoint)).toEqual(['0.0.0.0:8443'])
  })

  it('may have Linux line ends', async () => {
    expect(await listed((head + record(endpoint, hash, app, store)).replaceAll('\r', ''))).toHaveLength(1)
  })
})

describe('netsh that fails when there is nothing to show', () => {
  it('is believed when the registry has nothing either', async () => {
    expect(await listSslBindings(netshDouble({ emptyCode: 1 }).machine)).toEqual([])
    expect(await listSslBindings(netshDouble({ emptyCode: 1, registry: [] }).machine)).toEqual([])
  })

  it('is not believed when the registry has something', async () => {
    const { machine } = netshDouble({ emptyCode: 1, registry: ['0.0.0.0:443'] })
    await expect(listSslBindings(machine)).rejects.toMatchObject({
      problem: { code: 'ssl-binding.unreadable' },
    })
  })
})

it.each([
  ['0.0.0.0:443', 'ip'],
  ['[::]:443', 'ip'],
  ['[fe80::1%12]:443', 'ip'],
  ['identity.example.com:443', 'sni'],
  ['10.example.com:443', 'sni'],
  ['localhost:443', 'sni'],
])('%s is of the kind %s', (endpoint, kind) => {
  expect(endpointKind(endpoint)).toBe(kind)
})

it('finds an endpoint in any case', async () => {
  const { machine } = netshDouble({ bindings: [OLD, SNI] })
  expect(await findSslBinding(machine, 'IDENTITY.example.com:443')).toEqual(SNI)
  expect(await findSslBinding(machine, '0.0.0.0:80')).toBeUndefined()
})

describe('adding', () => {
  it.each([
    [OLD, 'ipport=0.0.0.0:443'],
    [IPV6, 'ipport=[::]:8443'],
    [SNI, 'hostnameport=identity.example.com:443'],
  ])('names each value as an argument of its own', async (binding, endpoint) => {
    const { machine, calls, bindings } = netshDouble()
    await addSslBinding(machine, binding)
    const { thumbprint, appId, store } = binding
    const named = `certhash=${thumbprint.toLowerCase()} appid=${appId} certstorename=${store}`
    expect(changes(calls)).toEqual([`netsh http add sslcert ${endpoint} ${named}`])
    expect(bindings.get(binding.endpoint)).toEqual(binding)
    expect(sslBindingCommand('add', binding)).toBe(changes(calls)[0])
  })

  it('is not believed, but read back', async () => {
    await expect(addSslBinding(netshDouble({ lies: true }).machine, NEW)).rejects.toMatchObject({
      problem: { code: 'ssl-binding.failed' },
    })
  })

  it('refuses where there is one already', async () => {
    const { machine, bindings } = netshDouble({ bindings: [OLD] })
    await expect(addSslBinding(machine, NEW)).rejects.toMatchObject({
      problem: { code: 'ssl-binding.taken' },
    })
    expect(bindings.get(OLD.endpoint)).toEqual(OLD)
  })
})

describe('replacing', () => {
  it('is one command', async () => {
    const { machine, calls, bindings } = netshDouble({ bindings: [OLD] })
    await replaceSslBinding(machine, OLD, NEW)
    expect(bindings.get(OLD.endpoint)).toEqual(NEW)
    expect(changes(calls)).toHaveLength(1)
    expect(changes(calls)[0]).toContain('update sslcert')
  })

  it.each([
    ['left the old one', false, ['update']],
    ['took the old one away', true, ['update', 'add']],
  ])('has the old one when the refused update %s', async (_, losesOnUpdate, commands) => {
    const { machine, calls, bindings } = netshDouble({
      bindings: [OLD],
      errors: { update: [1312] },
      losesOnUpdate,
    })
    await expect(replaceSslBinding(machine, OLD, NEW)).rejects.toMatchObject({
      problem: {
        code: 'ssl-binding.no-key',
        untouched: `The certificate ${OLD.thumbprint} is bound to “0.0.0.0:443” as before.`,
      },
    })
    expect(bindings.get(OLD.endpoint)).toEqual(OLD)
    expect(changes(calls).map((call) => call.split(' ')[2])).toEqual(commands)
  })

  it('says so when the old one cannot be bound again, with the command that would', async () => {
    const { machine } = netshDouble({
      bindings: [OLD],
      errors: { update: [1312], add: [5] },
      losesOnUpdate: true,
    })
    const error = await replaceSslBinding(machine, OLD, NEW).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ problem: { code: 'ssl-binding.lost' } })
    expect(error).toHaveProperty('problem.next', expect.stringContaining(sslBindingCommand('add', OLD)))
    expect(error).not.toHaveProperty('problem.untouched')
  })
})

describe('the undo of a replacement', () => {
  it.each([
    ['changed it', NEW, ['update']],
    ['removed it', undefined, ['add']],
    ['restored it', OLD, []],
  ])('binds the old one where someone %s', async (_, now, commands) => {
    const { machine, calls, bindings } = netshDouble({ bindings: now ? [now] : [] })
    await restoreSslBinding(machine, OLD)
    expect(bindings.get(OLD.endpoint)).toEqual(OLD)
    expect(changes(calls).map((call) => call.split(' ')[2])).toEqual(commands)
  })
})

describe('removing', () => {
  it('takes the one away, and only that', async () => {
    const { machine, bindings } = netshDouble({ bindings: [OLD, SNI] })
    await removeSslBinding(machine, SNI.endpoint)
    expect([...bindings.keys()]).toEqual([OLD.endpoint])
  })

  it('does nothing where there is none', async () => {
    const { machine, calls } = netshDouble()
    await removeSslBinding(machine, SNI.endpoint)
    expect(changes(calls)).toEqual([])
  })

  it.each([
    ['refused', { errors: { delete: [5] } }, 'ssl-binding.denied'],
    ['only said', { lies: true }, 'ssl-binding.failed'],
  ])('rejects when it was %s', async (_, options, code) => {
    const { machine } = netshDouble({ bindings: [OLD], ...options })
    await expect(removeSslBinding(machine, OLD.endpoint)).rejects.toMatchObject({ problem: { code } })
  })
})
