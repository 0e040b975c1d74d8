import { ENVIRONMENT_VARIABLES, poolsSchema } from './pool-schema.ts'
import { bool, type ElementSchema, oneOf, text, timeSpan, uint } from './schema.ts'
import { SITES_SCHEMA } from './site-schema.ts'

interface Section {
  readonly schema: ElementSchema
  /** Sections that no web.config may hold. */
  readonly apphostOnly: boolean
}

/** The section of a name in any case, as this build knows it. */
export function sectionNamed(
  name: string,
  build: number,
  loadUserProfile: boolean,
): (Section & { readonly name: string }) | undefined {
  const sections: Readonly<Record<string, Section>> = {
    'system.applicationHost/applicationPools': {
      schema: poolsSchema(build, loadUserProfile),
      apphostOnly: true,
    },
    'system.applicationHost/sites': { schema: SITES_SCHEMA, apphostOnly: true },
    'system.webServer/httpRedirect': { schema: HTTP_REDIRECT, apphostOnly: false },
    'system.webServer/aspNetCore': { schema: ASP_NET_CORE, apphostOnly: false },
    'system.webServer/security/access': { schema: ACCESS, apphostOnly: false },
  }
  // Some sections may be named without their group.
  const lower = name.toLowerCase()
  const known = Object.keys(sections).find((full) =>
    [full, full.replace('system.webServer/', '').replace('security/', '')].some(
      (each) => each.toLowerCase() === lower,
    ),
  )
  return known === undefined ? undefined : { name: known, ...sections[known]! }
}

/** learn.microsoft.com/iis/configuration/system.webserver/httpredirect; 308 came with IIS 10. */
const HTTP_REDIRECT: ElementSchema = {
  name: 'httpRedirect',
  attributes: {
    enabled: bool(false),
    destination: text(''),
    exactDestination: bool(false),
    childOnly: bool(false),
    httpResponseStatus: oneOf(['Permanent', 'Found', 'Temporary', 'PermRedirect'], 'Found'),
  },
  elements: [],
  collection: {
    keys: ['wildcard'],
    entry: { name: 'add', attributes: { wildcard: text(), destination: text() }, elements: [] },
  },
}

const ASP_NET_CORE: ElementSchema = {
  name: 'aspNetCore',
  attributes: {
    processPath: text(),
    arguments: text(''),
    hostingModel: text('InProcess'),
    stdoutLogEnabled: bool(false),
    stdoutLogFile: text('aspnetcore-stdout'),
    startupTimeLimit: uint(120),
    shutdownTimeLimit: uint(10),
    requestTimeout: timeSpan('00:02:00'),
  },
  elements: [
    {
      ...ENVIRONMENT_VARIABLES,
      collection: {
        keys: ['name'],
        entry: { ...ENVIRONMENT_VARIABLES.collection!.entry, name: 'environmentVariable' },
      },
    },
  ],
}

const ACCESS: ElementSchema = { name: 'access', attributes: { sslFlags: text('None') }, elements: [] }
