import { createHash } from 'node:crypto'

/** What a practice installer of the hosting bundle says of itself; it stands where a real one has its program. */
export interface HostingBundle {
  readonly product: string
  readonly version: string
  /** Subject of the certificate that signed it; null: nobody did. */
  readonly signer: string | null
  /** Framework name → version. */
  readonly runtimes: Readonly<Record<string, string>>
  /** Version of the ASP.NET Core module in it. */
  readonly module: string
  /** What it ends with instead of doing anything; for tests. */
  readonly exitCode?: number
}

const FIRST_LINE =
  'Practice: stands for an installer of the ASP.NET Core Hosting Bundle. It holds no program.'

/** The bundle that a practice run offers: fits the practice archive's runtimeconfig.json. */
export const PRACTICE_BUNDLE: HostingBundle = {
  product: 'Microsoft .NET 8.0.22 - Windows Server Hosting',
  version: '8.0.22.25577',
  signer: 'CN=Microsoft Corporation, O=Microsoft Corporation, L=Redmond, S=Washington, C=US',
  runtimes: { 'Microsoft.NETCore.App': '8.0.22', 'Microsoft.AspNetCore.App': '8.0.22' },
  module: '18.0.25300.22',
}

/** Writes a practice installer; its last line signs the rest. */
export function printBundle(bundle: HostingBundle): string {
  const body = `${FIRST_LINE}\n${JSON.stringify(bundle)}\n`
  return `${body}${digest(body)}\n`
}

/** Reads one; `intact` is false when it was changed after it was signed. Undefined: something else. */
export function parseBundle(text: string): { bundle: HostingBundle; intact: boolean } | undefined {
  const [first, json = '', signed] = text.split('\n')
  if (first !== FIRST_LINE) return undefined
  try {
    return { bundle: JSON.parse(json) as HostingBundle, intact: signed === digest(`${first}\n${json}\n`) }
  } catch {
    return undefined
  }
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
