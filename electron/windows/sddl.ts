import { SetupError } from '../contract/problem.ts'

/** One line of an access list. */
export interface DaclEntry {
  readonly type: 'allow' | 'deny' | 'other'
  /** Whether it comes from a folder above. */
  readonly inherited: boolean
  /** Two letters each: OI, CI (files, folders below get it), IO (only they), NP (only the next level), ID … */
  readonly flags: readonly string[]
  /** As written: letters such as `FA`, or hex. */
  readonly rights: string
  /** Access mask of a file or folder, generic rights spelled out. */
  readonly mask: number
  /** `S-1-…`. Of an account whose list SDDL leaves open, such as the local Administrator: `S-1-5-21-*-500`. */
  readonly sid: string
}

export interface Dacl {
  /** Whether nothing is inherited from the folders above. */
  readonly protected: boolean
  readonly entries: readonly DaclEntry[]
}

/** FILE_GENERIC_READ, … and what icacls calls F: https://learn.microsoft.com/windows/win32/fileio/file-security-and-access-rights */
const FILE = { all: 0x1f01ff, read: 0x120089, write: 0x120116, execute: 0x1200a0 } as const

/** https://learn.microsoft.com/windows/win32/secauthz/ace-strings */
const RIGHTS: Readonly<Record<string, number>> = {
  GA: FILE.all,
  GR: FILE.read,
  GW: FILE.write,
  GX: FILE.execute,
  FA: FILE.all,
  FR: FILE.read,
  FW: FILE.write,
  FX: FILE.execute,
  RC: 0x20000,
  SD: 0x10000,
  WD: 0x40000,
  WO: 0x80000,
  CC: 0x1,
  DC: 0x2,
  LC: 0x4,
  SW: 0x8,
  RP: 0x10,
  WP: 0x20,
  DT: 0x40,
  LO: 0x80,
  CR: 0x100,
}

/** Generic rights as bits of a mask, and what they mean for a file. */
const GENERIC: readonly (readonly [number, number])[] = [
  [0x10000000, FILE.all],
  [0x20000000, FILE.execute],
  [0x40000000, FILE.write],
  [0x80000000, FILE.read],
]

/** https://learn.microsoft.com/windows/win32/secauthz/sid-strings */
const ALIASES: Readonly<Record<string, string>> = {
  AA: 'S-1-5-32-579',
  AC: 'S-1-15-2-1',
  AN: 'S-1-5-7',
  AO: 'S-1-5-32-548',
  AU: 'S-1-5-11',
  BA: 'S-1-5-32-544',
  BG: 'S-1-5-32-546',
  BO: 'S-1-5-32-551',
  BU: 'S-1-5-32-545',
  CA: 'S-1-5-21-*-517',
  CD: 'S-1-5-32-574',
  CG: 'S-1-3-1',
  CN: 'S-1-5-21-*-522',
  CO: 'S-1-3-0',
  CY: 'S-1-5-32-569',
  DA: 'S-1-5-21-*-512',
  DC: 'S-1-5-21-*-515',
  DD: 'S-1-5-21-*-516',
  DG: 'S-1-5-21-*-514',
  DU: 'S-1-5-21-*-513',
  EA: 'S-1-5-21-*-519',
  ED: 'S-1-5-9',
  ER: 'S-1-5-32-573',
  ES: 'S-1-5-32-576',
  HA: 'S-1-5-32-578',
  IS: 'S-1-5-32-568',
  IU: 'S-1-5-4',
  LA: 'S-1-5-21-*-500',
  LG: 'S-1-5-21-*-501',
  LS: 'S-1-5-19',
  LU: 'S-1-5-32-559',
  MS: 'S-1-5-32-577',
  MU: 'S-1-5-32-558',
  NO: 'S-1-5-32-556',
  NS: 'S-1-5-20',
  NU: 'S-1-5-2',
  OW: 'S-1-3-4',
  PA: 'S-1-5-21-*-520',
  PO: 'S-1-5-32-550',
  PS: 'S-1-5-10',
  PU: 'S-1-5-32-547',
  RA: 'S-1-5-32-575',
  RC: 'S-1-5-12',
  RD: 'S-1-5-32-555',
  RE: 'S-1-5-32-552',
  RM: 'S-1-5-32-580',
  RO: 'S-1-5-21-*-498',
  RS: 'S-1-5-21-*-553',
  RU: 'S-1-5-32-554',
  SA: 'S-1-5-21-*-518',
  SO: 'S-1-5-32-549',
  SU: 'S-1-5-6',
  SY: 'S-1-5-18',
  WD: 'S-1-1-0',
  WR: 'S-1-5-33',
}

/**
 * Reads the access list out of a security descriptor of a file or folder in SDDL. Its order is kept.
 * Throws `windows.sddl` for anything that it does not know: an entry must not be passed over.
 * https://learn.microsoft.com/windows/win32/secauthz/security-descriptor-string-format
 */
export function parseDacl(sddl: string): Dacl {
  const dacl = daclPart(sddl)
  const head = /^[A-Z_]*/.exec(dacl)![0]
  // No list at all lets everyone do everything; an empty list lets nobody do anything.
  const everyone = head.includes('NO_ACCESS_CONTROL') ? [entry(sddl, 'A;;FA;;;WD')] : []
  const flags = head.replace('NO_ACCESS_CONTROL', '')
  if (!/^(P|AR|AI)*$/.test(flags)) throw notSddl(sddl)
  return {
    protected: flags.replaceAll(/A[RI]/g, '').includes('P'),
    entries: [...everyone, ...entryTexts(sddl, dacl.slice(head.length)).map((text) => entry(sddl, text))],
  }
}

/** Whether an entry's SID is that of an account; see {@link DaclEntry.sid}. */
export function isSid(entrySid: string, sid: string): boolean {
  if (!entrySid.includes('*')) return entrySid === sid
  const [before = '', after = ''] = entrySid.split('*')
  return sid.startsWith(before) && sid.endsWith(after) && sid.length > entrySid.length
}

/** The part behind `D:` up to `S:` or the end; outside brackets, because a condition may hold any text. */
function daclPart(sddl: string): string {
  const parts = new Map<string, string>()
  let at = 0
  while (at < sddl.length) {
    const name = /^([OGDS]):/.exec(sddl.slice(at))?.[1]
    if (name === undefined || parts.has(name)) throw notSddl(sddl)
    let end = at + 2
    while (end < sddl.length && !/^[OGDS]:/.test(sddl.slice(end, end + 2)))
      end = sddl[end] === '(' ? closing(sddl, end) + 1 : end + 1
    parts.set(name, sddl.slice(at + 2, end))
    at = end
  }
  const dacl = parts.get('D')
  if (dacl === undefined) throw notSddl(sddl)
  return dacl
}

function entryTexts(sddl: string, text: string): readonly string[] {
  const found = []
  for (let at = 0; at < text.length;) {
    if (text[at] !== '(') throw notSddl(sddl)
    const end = closing(text, at)
    found.push(text.slice(at + 1, end))
    at = end + 1
  }
  return found
}

/** Where the bracket opened at an offset is closed; a condition has brackets and quoted texts of its own. */
function closing(text: string, open: number): number {
  let depth = 0
  let quoted = false
  for (let at = open; at < text.length; at++) {
    if (text[at] === '"') quoted = !quoted
    else if (!quoted && text[at] === '(') depth++
    else if (!quoted && text[at] === ')' && --depth === 0) return at
  }
  throw notSddl(text)
}

/** `type;flags;rights;object;inherited object;SID`, then a condition or an attribute. */
function entry(sddl: string, text: string): DaclEntry {
  const [type = '', flagText = '', rights = '', object = '', inheritedObject = '', who = ''] = text.split(';')
  const flags: readonly string[] = flagText.match(/../g) ?? []
  const sid = ALIASES[who] ?? who
  if (!/^[A-Z]+$/.test(type) || flags.join('') !== flagText || !/^S-1-[\d*-]+$/.test(sid)) throw notSddl(sddl)
  const plain = object === '' && inheritedObject === ''
  return {
    type: plain && type === 'A' ? 'allow' : plain && type === 'D' ? 'deny' : 'other',
    inherited: flags.includes('ID'),
    flags,
    rights,
    mask: maskOf(sddl, rights),
    sid,
  }
}

function maskOf(sddl: string, rights: string): number {
  if (/^(0x[\da-f]{1,8}|\d{1,10})$/i.test(rights)) return withoutGenerics(Number(rights))
  const letters = rights.match(/../g) ?? []
  if (letters.join('') !== rights) throw notSddl(sddl)
  return letters.reduce((mask, pair) => {
    const bits = RIGHTS[pair]
    if (bits === undefined) throw notSddl(sddl)
    return mask | bits
  }, 0)
}

function withoutGenerics(mask: number): number {
  const specific = (mask & 0x0fffffff) >>> 0
  return GENERIC.reduce((all, [bit, meaning]) => (mask & bit ? all | meaning : all), specific)
}

function notSddl(text: string): SetupError {
  return new SetupError({
    code: 'windows.sddl',
    what: 'Windows described an access list in a form that this program does not know.',
    next: 'Send the line below with the log bundle.',
    details: [text.slice(0, 500)],
  })
}
