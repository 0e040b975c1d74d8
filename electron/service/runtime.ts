import { parse, type ParseError } from 'jsonc-parser'

/** The shared framework a service needs, such as `Microsoft.AspNetCore.App` `8.0.10`. */
export interface RuntimeNeed {
  readonly name: string
  readonly version: string
}

/**
 * The framework named by `IdentityService.runtimeconfig.json`; of several the ASP.NET Core one, as it brings the
 * others. Undefined when the file does not say (a self-contained build) or is not what it should be.
 */
export function readRuntimeConfig(bytes: Uint8Array): RuntimeNeed | undefined {
  const options = member(json(bytes), 'runtimeOptions')
  const several = member(options, 'frameworks')
  const found = (Array.isArray(several) ? several : [member(options, 'framework')]).flatMap((framework) => {
    const name = member(framework, 'name')
    const version = member(framework, 'version')
    return typeof name === 'string' && typeof version === 'string' ? [{ name, version }] : []
  })
  return found.find(({ name }) => name === 'Microsoft.AspNetCore.App') ?? found[0]
}

/**
 * The libraries of a `.deps.json`, versions by name in lower case; empty when it is none.
 * https://github.com/dotnet/sdk/blob/main/documentation/specs/runtime-configuration-file.md
 */
export function librariesIn(bytes: Uint8Array): ReadonlyMap<string, string> {
  const libraries = member(json(bytes), 'libraries')
  const keys = libraries !== null && typeof libraries === 'object' ? Object.keys(libraries) : []
  return new Map(
    keys.flatMap((key) => {
      const [name, version] = key.split('/')
      return name && version ? [[name.toLowerCase(), version] as const] : []
    }),
  )
}

function json(bytes: Uint8Array): unknown {
  const errors: ParseError[] = []
  const text = new TextDecoder().decode(bytes)
  const value: unknown = parse(text, errors, { allowTrailingComma: true })
  return errors.length === 0 ? value : undefined
}

function member(value: unknown, name: string): unknown {
  return value !== null && typeof value === 'object' && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined
}
