/** One access control entry as NTFS keeps it. */
export interface Ace {
  readonly type: 'A' | 'D'
  readonly flags: readonly AceFlag[]
  /** File access mask. */
  readonly mask: number
  readonly sid: string
}

export type AceFlag = 'OI' | 'CI' | 'NP' | 'IO' | 'ID'

/** A discretionary access control list; `closed` is “inheritance disabled”. Inherited entries carry `ID`. */
export interface Dacl {
  readonly closed: boolean
  readonly aces: readonly Ace[]
}

/** Simple and specific rights as icacls spells them (learn.microsoft.com “icacls”). */
const rights: Readonly<Record<string, number>> = {
  N: 0,
  F: 0x1f01ff,
  M: 0x1301bf,
  RX: 0x1200a9,
  R: 0x120089,
  W: 0x100116,
  D: 0x110000,
  DE: 0x10000,
  RC: 0x20000,
  WDAC: 0x40000,
  WO: 0x80000,
  S: 0x100000,
  RD: 1,
  WD: 2,
  AD: 4,
  REA: 8,
  WEA: 16,
  X: 32,
  DC: 64,
  RA: 128,
  WA: 256,
}

/** Reads `(OI)(CI)RX`, `F` or `(R,W)`; undefined where icacls would call it invalid. */
export function parseRights(text: string): { mask: number; flags: AceFlag[] } | undefined {
  const flags: AceFlag[] = []
  let mask: number | undefined
  let rest = text.toUpperCase()
  while (rest.startsWith('(')) {
    const end = rest.indexOf(')')
    if (end < 0 || mask !== undefined) return undefined
    const inner = rest.slice(1, end)
    if (/^(OI|CI|IO|NP)$/.test(inner)) flags.push(inner as AceFlag)
    else mask = maskOf(inner.split(','))
    if (mask === undefined && !/^(OI|CI|IO|NP)$/.test(inner)) return undefined
    rest = rest.slice(end + 1)
  }
  if (rest !== '') {
    if (mask !== undefined) return undefined
    mask = maskOf([rest])
  }
  return mask === undefined ? undefined : { mask, flags }
}

/** The letters icacls lists an access mask by. */
export function rightsLetters(mask: number): string {
  for (const name of ['F', 'M', 'RX', 'R', 'W']) if (rights[name] === mask) return `(${name})`
  const single = Object.entries(rights).filter(
    ([name, bit]) => name.length > 1 && bit !== 0 && bit === (bit & -bit),
  )
  return `(${single
    .filter(([, bit]) => (mask & bit) !== 0)
    .map(([name]) => name)
    .join(',')})`
}

/** The entries that a child gets from its parent (learn.microsoft.com “ACE Inheritance Rules”). */
export function inheritedBy(kind: 'file' | 'folder', parent: Dacl): Ace[] {
  return parent.aces.flatMap((ace) => {
    const through = kind === 'folder' ? ace.flags.includes('CI') : ace.flags.includes('OI')
    if (kind === 'file') return through ? [{ ...ace, flags: ['ID' as const] }] : []
    const goesOn = ace.flags.includes('OI') || ace.flags.includes('CI')
    const stops = ace.flags.includes('NP')
    if (!through && (!goesOn || stops)) return []
    const kept = stops ? [] : ace.flags.filter((flag) => flag === 'OI' || flag === 'CI')
    return [{ ...ace, flags: through ? [...kept, 'ID' as const] : [...kept, 'IO' as const, 'ID' as const] }]
  })
}

function maskOf(names: readonly string[]): number | undefined {
  let mask = 0
  for (const name of names) {
    const bits = rights[name.trim()]
    if (bits === undefined) return undefined
    mask |= bits
  }
  return mask
}
