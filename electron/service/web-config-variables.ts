import { decodeXml, scanXml } from '../text/xml.ts'
import { moduleElements } from './web-config.ts'

/**
 * The environment variables that `web.config` gives the service's process, by their names in lower case. Values may be
 * secret: they are for the service, not for show. Throws what `readWebConfig` throws.
 * https://learn.microsoft.com/aspnet/core/host-and-deploy/iis/web-config
 */
export function webConfigVariables(bytes: Uint8Array, file?: string): ReadonlyMap<string, string> {
  const { text } = decodeXml(bytes, file)
  const elements = scanXml(text, file)
  const own = new Set(moduleElements(text, elements, file))
  const variables = elements.filter(
    ({ name, parent }) =>
      name === 'environmentVariable' &&
      parent?.name === 'environmentVariables' &&
      parent.parent !== undefined &&
      own.has(parent.parent),
  )
  return new Map(
    variables.map(({ attributes }) => {
      const value = (name: string) => attributes.find((attribute) => attribute.name === name)?.value ?? ''
      return [value('name').toLowerCase(), value('value')]
    }),
  )
}
