/** One thing that icacls was asked to do to a list. */
export type IcaclsAction =
  | { readonly do: 'inheritance'; readonly how: 'e' | 'd' | 'r' }
  | { readonly do: 'grant' | 'replace' | 'deny'; readonly trustee: string; readonly rights: string }
  | { readonly do: 'remove'; readonly which: 'g' | 'd' | 'both'; readonly trustee: string }

export interface IcaclsRequest {
  readonly path: string
  readonly actions: readonly IcaclsAction[]
  readonly save?: string
  readonly restore?: string
  readonly recursive: boolean
  readonly goOn: boolean
  readonly quiet: boolean
}

/** Why icacls takes no action: the parameter it stumbles over, or the missing path. */
export type IcaclsRefusal = { readonly invalid: string } | 'no-path'

type Draft = {
  -readonly [Key in keyof Omit<IcaclsRequest, 'actions'>]: IcaclsRequest[Key]
} & { actions: IcaclsAction[] }

/** Takes apart `<path> [/grant[:r] SID:rights …] …` (learn.microsoft.com “icacls”). */
export function parseIcacls(args: readonly string[]): IcaclsRequest | IcaclsRefusal {
  const [path, ...rest] = args
  if (path === undefined || isSwitch(path)) return 'no-path'
  const draft: Draft = { path, actions: [], recursive: false, goOn: false, quiet: false }
  for (let at = 0; at < rest.length;) {
    const name = rest[at++]!
    const takesOne = /^\/(save|restore)$/i.test(name)
    const operands: string[] = []
    // The first operand of /save is a path, which elsewhere than on Windows begins like a switch.
    while (at < rest.length && (takesOne ? operands.length < 1 : !isSwitch(rest[at]!)))
      operands.push(rest[at++]!)
    if (!take(draft, name.toLowerCase(), operands)) return { invalid: name }
  }
  return draft
}

function take(draft: Draft, name: string, operands: readonly string[]): boolean {
  const single = flags[name]
  if (single !== undefined) {
    draft[single] = true
    return operands.length === 0
  }
  if (name === '/save' || name === '/restore') {
    const [file] = operands
    if (file === undefined) return false
    draft[name === '/save' ? 'save' : 'restore'] = file
    return true
  }
  const inheritance = /^\/inheritance:([edr])$/.exec(name)
  if (inheritance) {
    draft.actions.push({ do: 'inheritance', how: inheritance[1] as 'e' | 'd' | 'r' })
    return operands.length === 0
  }
  return operands.length > 0 && takeTrustees(draft, name, operands)
}

function takeTrustees(draft: Draft, name: string, operands: readonly string[]): boolean {
  const remove = /^\/remove(?::([gd]))?$/.exec(name)
  if (remove) {
    const which = (remove[1] as 'g' | 'd' | undefined) ?? 'both'
    for (const trustee of operands) draft.actions.push({ do: 'remove', which, trustee })
    return true
  }
  const verb = { '/grant': 'grant', '/grant:r': 'replace', '/deny': 'deny' }[name]
  if (verb === undefined) return false
  for (const operand of operands) {
    const colon = operand.lastIndexOf(':')
    if (colon <= 0) return false
    draft.actions.push({
      do: verb as 'grant' | 'replace' | 'deny',
      trustee: operand.slice(0, colon),
      rights: operand.slice(colon + 1),
    })
  }
  return true
}

const flags: Readonly<Record<string, 'recursive' | 'goOn' | 'quiet'>> = {
  '/t': 'recursive',
  '/c': 'goOn',
  '/q': 'quiet',
}

function isSwitch(text: string): boolean {
  return /^\/(t|c|l|q|\?|save|restore|grant|deny|remove|inheritance|reset|setowner|findsid|verify)(:|$)/i.test(
    text,
  )
}
