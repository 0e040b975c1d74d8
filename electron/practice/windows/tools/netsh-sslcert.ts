import { isIP } from 'node:net'
import { sameName } from '../configuration/element.ts'
import type { SimulatedSslBinding } from '../state.ts'
import type { SimulatedServer } from '../tool.ts'
import type { NetshAnswer, NetshParameters } from './netsh-answer.ts'
import { type NetshTexts, netshTexts } from './netsh-texts.ts'
import { win32Text } from './win32-errors.ts'

/** Parameters of add and update (learn.microsoft.com “netsh http”), with the build that first knew them. */
const known: Readonly<Record<string, number>> = {
  ipport: 0,
  hostnameport: 0,
  certhash: 0,
  appid: 0,
  certstorename: 0,
  verifyclientcertrevocation: 0,
  verifyrevocationwithcachedclientcertonly: 0,
  usagecheck: 0,
  revocationfreshnesstime: 0,
  urlretrievaltimeout: 0,
  sslctlidentifier: 0,
  sslctlstorename: 0,
  dsmapperusage: 0,
  clientcertnegotiation: 0,
  reject: 17_763,
  disablehttp2: 17_763,
  disablequic: 17_763,
  disablelegacytls: 17_763,
  disabletls12: 17_763,
  disabletls13: 17_763,
  disableocspstapling: 17_763,
}

/** `json=enable` came with the builds after Server 2019; Server 2022 is the first that has it here. */
const JSON_BUILD = 20_348

type Wanted = Omit<SimulatedSslBinding, 'hash' | 'appId' | 'store'> & {
  readonly hash: string | undefined
  readonly appId: string | undefined
  readonly store: string | null
}

export function addCertificate(server: SimulatedServer, parameters: NetshParameters): NetshAnswer {
  const texts = textsOf(server)
  const wanted = read(server, parameters)
  if ('ok' in wanted) return wanted
  if (wanted.hash === undefined || wanted.appId === undefined) return syntax(texts)
  const { sslBindings } = server.state
  const error = !server.state.token.elevated
    ? 5
    : sslBindings.some(({ endpoint }) => sameName(endpoint, wanted.endpoint))
      ? 183
      : certificateError(server, wanted)
  if (error !== undefined) return failed(server, texts.addFailed, error)
  sslBindings.push({ ...wanted, hash: wanted.hash, appId: wanted.appId })
  sslBindings.sort((one, other) => (one.endpoint < other.endpoint ? -1 : 1))
  return done(texts.added)
}

export function updateCertificate(server: SimulatedServer, parameters: NetshParameters): NetshAnswer {
  const texts = textsOf(server)
  const wanted = read(server, parameters)
  if ('ok' in wanted) return wanted
  if (wanted.hash === undefined || wanted.appId === undefined) return syntax(texts)
  const existing = server.state.sslBindings.find(({ endpoint }) => sameName(endpoint, wanted.endpoint))
  const error = !server.state.token.elevated
    ? 5
    : existing === undefined
      ? 2
      : certificateError(server, wanted)
  if (error !== undefined || existing === undefined) return failed(server, texts.updateFailed, error ?? 2)
  existing.hash = wanted.hash
  existing.appId = wanted.appId
  existing.store = wanted.store
  return done(texts.updated)
}

export function deleteCertificate(server: SimulatedServer, parameters: NetshParameters): NetshAnswer {
  const texts = textsOf(server)
  const wanted = read(server, parameters)
  if ('ok' in wanted) return wanted
  const { state } = server
  const at = state.sslBindings.findIndex(({ endpoint }) => sameName(endpoint, wanted.endpoint))
  if (!state.token.elevated) return failed(server, texts.deleteFailed, 5)
  if (at < 0) return failed(server, texts.deleteFailed, 2)
  state.sslBindings.splice(at, 1)
  return done(texts.deleted)
}

export function showCertificates(server: SimulatedServer, { values, loose }: NetshParameters): NetshAnswer {
  const texts = textsOf(server)
  const json = values.get('json')
  const unknown = [...values.keys()].some((name) => !['ipport', 'hostnameport', 'json'].includes(name))
  // Unverified on a real server: what an older build says to json=enable; here the usage, as to any unknown parameter.
  if (loose.length > 0 || unknown || (json !== undefined && server.state.system.build < JSON_BUILD))
    return syntax(texts)
  const endpoint = values.get('ipport') ?? values.get('hostnameport')
  const shown = server.state.sslBindings.filter(
    (binding) => endpoint === undefined || sameName(binding.endpoint, endpoint),
  )
  if (endpoint !== undefined && shown.length === 0)
    return { ok: false, text: `\r\n${win32Text(2, server.state.system.language)}\r\n\r\n` }
  if (json?.toLowerCase() === 'enable') return { ok: true, text: asJson(shown) }
  const heading = `\r\n${texts.certificates}\r\n${'-'.repeat(texts.certificates.length)}\r\n\r\n`
  return { ok: true, text: heading + shown.map((each) => record(server, each)).join('') }
}

function read(server: SimulatedServer, { values, loose }: NetshParameters): Wanted | NetshAnswer {
  const texts = textsOf(server)
  const { build, language } = server.state.system
  if (loose.length > 0) return syntax(texts)
  for (const name of values.keys()) if ((known[name] ?? Infinity) > build) return syntax(texts)
  const ip = values.get('ipport')
  const host = values.get('hostnameport')
  if ((ip === undefined) === (host === undefined)) return syntax(texts)
  const hash = values.get('certhash')
  const appId = values.get('appid')
  const store = values.get('certstorename')
  const wrong =
    (ip !== undefined && !isEndpoint(ip)) ||
    (host !== undefined && !/^[^\s:/]+:\d{1,5}$/.test(host)) ||
    (hash !== undefined && !/^[0-9a-f]{40}$/i.test(hash)) ||
    (appId !== undefined && !/^\{[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\}$/i.test(appId)) ||
    values.get('revocationfreshnesstime') === '0' ||
    values.get('urlretrievaltimeout') === '0'
  if (wrong) return { ok: false, text: `\r\n${win32Text(87, language)}\r\n\r\n` }
  // Unverified on a real server: a name needs the store spelled out.
  if (host !== undefined && hash !== undefined && store === undefined) return syntax(texts)
  return {
    endpoint: ip ?? host!,
    kind: ip === undefined ? 'sni' : 'ip',
    hash: hash?.toLowerCase(),
    appId: appId?.toLowerCase(),
    store: store ?? null,
  }
}

/** 1312: not in the machine's store, or there without a key that the machine may use. */
function certificateError({ state }: SimulatedServer, { hash, store }: Wanted): number | undefined {
  const certificate = state.certificates.find(({ thumbprint }) => sameName(thumbprint, hash ?? ''))
  const inStore = store === null || sameName(store, 'MY')
  return inStore && certificate?.hasPrivateKey && certificate.keyUsable ? undefined : 1312
}

function isEndpoint(text: string): boolean {
  const parts = /^(?:\[(.+)\]|([^[\]:]+)):(\d{1,5})$/.exec(text)
  if (!parts || Number(parts[3]) > 65_535) return false
  return parts[1] === undefined ? isIP(parts[2]!) === 4 : isIP(parts[1]) === 6
}

function record(server: SimulatedServer, binding: SimulatedSslBinding): string {
  const texts = textsOf(server)
  const { enabled, disabled, notSet } = texts
  // The last ones came with build 17763.
  const newer =
    server.state.system.build < 17_763 ? [] : [disabled, ...Array.from({ length: 6 }, () => notSet)]
  const values = [
    binding.hash,
    binding.appId,
    binding.store ?? '(null)',
    enabled,
    disabled,
    enabled,
    '0',
    '0',
    '(null)',
    '(null)',
    disabled,
    disabled,
    ...newer,
  ]
  const rows = [
    [binding.kind === 'ip' ? texts.ip : texts.host, binding.endpoint],
    ...values.map((value, at) => [texts.labels[at]!, value]),
  ]
  return `${rows.map(([label, value]) => `    ${label!.padEnd(29)}: ${value}\r\n`).join('')}\r\n`
}

/** Unverified on a real server: the hash is base64 of its bytes in one public program, hexadecimal in another. */
function asJson(bindings: readonly SimulatedSslBinding[]): string {
  const listed = bindings.map((binding) => ({
    ...(binding.kind === 'ip' ? { IpPort: binding.endpoint } : { HostnamePort: binding.endpoint }),
    ConfigType: binding.kind === 'ip' ? 0 : 1,
    GuidString: binding.appId,
    SslHash: Buffer.from(binding.hash, 'hex').toString('base64'),
    SslCertStoreName: binding.store ?? '(null)',
  }))
  return `${JSON.stringify({ SslCertificateBindings: listed, message: '', status: 0 })}\r\n`
}

function failed(server: SimulatedServer, what: string, error: number): NetshAnswer {
  const { error: word } = textsOf(server)
  const text = win32Text(error, server.state.system.language)
  return { ok: false, text: `\r\n${what}, ${word}: ${error}\r\n${text}\r\n\r\n` }
}

function syntax(texts: NetshTexts): NetshAnswer {
  return { ok: false, text: `\r\n${texts.essential}\r\n\r\n` }
}

function done(text: string): NetshAnswer {
  return { ok: true, text: `\r\n${text}\r\n\r\n` }
}

function textsOf({ state }: SimulatedServer): NetshTexts {
  return netshTexts[state.system.language]
}
