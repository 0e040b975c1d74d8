import iconv from 'iconv-lite'
import type { Command, Machine } from '../../../../electron/machine/machine.ts'
import { realMachine } from '../../../../electron/machine/real.ts'
import type { SslBinding } from '../../../../electron/windows/ssl-binding-list.ts'

interface Words {
  readonly page: string
  readonly title: string
  readonly labels: readonly [ip: string, host: string, hash: string, app: string, store: string]
  readonly on: string
  readonly failed: string
}

/** In the order that netsh keeps in each language. */
export const WORDS: Readonly<Record<'English' | 'German', Words>> = {
  English: {
    page: 'cp437',
    title: 'SSL Certificate bindings:',
    labels: ['IP:port', 'Hostname:port', 'Certificate Hash', 'Application ID', 'Certificate Store Name'],
    on: 'Enabled',
    failed: 'SSL Certificate add failed, Error',
  },
  German: {
    page: 'cp850',
    title: 'SSL-Zertifikatbindungen für Ports:',
    labels: ['IP:Port', 'Hostname:Port', 'Zertifikathash', 'Anwendungs-ID', 'Zertifikatspeichername'],
    on: 'Aktiviert',
    failed: 'Fehler beim Hinzufügen des SSL-Zertifikats, Fehler',
  },
}

export interface NetshOptions {
  readonly language?: keyof typeof WORDS
  readonly bindings?: readonly SslBinding[]
  /** Win32 errors of commands in turn, by their third word: `update: [1312, 0]`. 0 and beyond the end: it works. */
  readonly errors?: Readonly<Record<string, readonly number[]>>
  /** A failing update has taken the old binding away first. */
  readonly losesOnUpdate?: boolean
  /** Claims to have worked and did nothing. */
  readonly lies?: boolean
  /** How `show sslcert` ends when there is nothing to show. */
  readonly emptyCode?: 0 | 1
  /** Key names below SslBindingInfo. */
  readonly registry?: readonly string[]
}

/** A Windows with a netsh that knows sslcert, and a reg that knows where HTTP.sys keeps its bindings. */
export function netshDouble(options: NetshOptions = {}) {
  const bindings = new Map(options.bindings?.map((one) => [one.endpoint, one]))
  const calls: string[] = []
  const times = new Map<string, number>()
  const words = WORDS[options.language ?? 'English']
  const run = async ({ command, args, decode }: Command) => {
    const isReg = command.endsWith('reg.exe')
    calls.push([isReg ? 'reg' : 'netsh', ...args].join(' '))
    const [code, text] = isReg ? reg(args, words, options) : netsh(args)
    const bytes = iconv.encode(text, words.page)
    return { exitCode: code, stdout: decode?.(bytes) ?? bytes.toString(), stderr: '' }
  }

  function netsh(args: readonly string[]): readonly [number, string] {
    const how = args[1]!
    if (how === 'show') {
      const code = bindings.size === 0 ? (options.emptyCode ?? 0) : 0
      const none = 'The system cannot find the file specified.\r\n'
      return [code, code === 1 ? none : printed([...bindings.values()], words)]
    }
    const time = times.get(how) ?? 0
    times.set(how, time + 1)
    const given = new Map(args.slice(3).map((one) => one.split(/=(.*)/s) as [string, string]))
    const endpoint = given.get('ipport') ?? given.get('hostnameport')!
    const there = bindings.has(endpoint)
    const conflict = how === 'add' ? there && 183 : !there && 2
    const error = options.errors?.[how]?.[time] || conflict || 0
    if (error !== 0) {
      if (how === 'update' && options.losesOnUpdate) bindings.delete(endpoint)
      return [1, `\r\n${words.failed}: ${error}\r\n...\r\n\r\n`]
    }
    if (options.lies) return [0, '\r\n']
    if (how === 'delete') bindings.delete(endpoint)
    else bindings.set(endpoint, bindingOf(endpoint, given))
    return [0, '\r\n']
  }

  const real = realMachine()
  const machine: Machine = {
    ...real,
    windows: { windows: '/windows', programFiles: '/programs', programFilesX86: '/programs-x86' },
    processes: { ...real.processes, run },
  }
  return { machine, calls, bindings }
}

function bindingOf(endpoint: string, given: ReadonlyMap<string, string>): SslBinding {
  return {
    endpoint,
    kind: given.has('ipport') ? 'ip' : 'sni',
    thumbprint: given.get('certhash')!.toUpperCase(),
    appId: given.get('appid')!,
    store: given.get('certstorename')!,
  }
}

/** What `netsh http show sslcert` prints. */
function printed(bindings: readonly SslBinding[], { title, labels, on }: Words): string {
  const row = (label: string, value: string) => `    ${label.padEnd(29)}: ${value}\r\n`
  const records = bindings.map(({ endpoint, kind, thumbprint, appId, store }) =>
    [
      row(kind === 'ip' ? labels[0] : labels[1], endpoint),
      row(labels[2], thumbprint.toLowerCase()),
      row(labels[3], appId),
      row(labels[4], store),
      row('Usage Check', on),
      row('Revocation Freshness Time', '0'),
      row('Ctl Identifier', '(null)'),
      '\r\n',
    ].join(''),
  )
  return `\r\n${title}\r\n${'-'.repeat(title.length)}\r\n\r\n${records.join('')}`
}

function reg(
  args: readonly string[],
  { page }: Words,
  { registry }: NetshOptions,
): readonly [number, string] {
  const key = args[1]!.replace('HKLM', 'HKEY_LOCAL_MACHINE')
  if (key.endsWith('CodePage')) return [0, `\r\n${key}\r\n    OEMCP    REG_SZ    ${page.slice(2)}\r\n\r\n`]
  if (registry === undefined || !key.endsWith('\\SslBindingInfo')) return [1, '']
  return [0, `\r\n${registry.map((name) => `${key}\\${name}\r\n`).join('')}\r\n`]
}
