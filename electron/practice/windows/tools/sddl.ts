import type { Ace, AceFlag, Dacl } from './acl.ts'

/** Two-letter names of accounts (learn.microsoft.com “SID Strings”) that are the same on each machine. */
const aliases: Readonly<Record<string, string>> = {
  'S-1-1-0': 'WD',
  'S-1-3-0': 'CO',
  'S-1-5-11': 'AU',
  'S-1-5-18': 'SY',
  'S-1-5-19': 'LS',
  'S-1-5-20': 'NS',
  'S-1-5-32-544': 'BA',
  'S-1-5-32-545': 'BU',
  'S-1-5-32-546': 'BG',
  'S-1-5-32-551': 'BO',
  'S-1-5-32-568': 'IS',
}

const masks: Readonly<Record<number, string>> = {
  0x1f01ff: 'FA',
  0x120089: 'FR',
  0x120116: 'FW',
  0x1200a0: 'FX',
}

/** Writes a list the way `icacls /save` does: `D:PAI(A;OICI;FA;;;SY)`. */
export function printSddl({ closed, aces }: Dacl): string {
  const entries = aces.map(
    ({ type, flags, mask, sid }) =>
      `(${type};${flags.join('')};${masks[mask] ?? `0x${mask.toString(16)}`};;;${aliases[sid] ?? sid})`,
  )
  return `D:${closed ? 'P' : ''}AI${entries.join('')}`
}

/** Reads what `printSddl` wrote, and the hand-written spellings of it; undefined for anything else. */
export function parseSddl(text: string): Dacl | undefined {
  const whole = /^D:([A-Z]*)((?:\([^()]*\))*)$/.exec(text.trim())
  if (!whole) return undefined
  const aces: Ace[] = []
  for (const [, body] of whole[2]!.matchAll(/\(([^()]*)\)/g)) {
    const ace = parseAce(body!)
    if (ace === undefined) return undefined
    aces.push(ace)
  }
  return { closed: whole[1]!.includes('P'), aces }
}

function parseAce(body: string): Ace | undefined {
  const [type, flagText = '', maskText = '', , , account = ''] = body.split(';')
  if (type !== 'A' && type !== 'D') return undefined
  const mask = maskText.startsWith('0x')
    ? Number(maskText)
    : Number(Object.entries(masks).find(([, name]) => name === maskText)?.[0])
  const sid = Object.entries(aliases).find(([, alias]) => alias === account)?.[0] ?? account
  if (Number.isNaN(mask) || !sid.startsWith('S-1-')) return undefined
  return { type, flags: (flagText.match(/../g) ?? []) as AceFlag[], mask, sid }
}
