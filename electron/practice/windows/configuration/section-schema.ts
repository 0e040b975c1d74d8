import { ENVIRONMENT_VARIABLES, poolsSchema } from './pool-schema.ts'
import { bool, type ElementSchema, oneOf, text, timeSpan, uint } from './schema.ts'
import { SITES_SCHEMA } from './site-schema.ts'

/** The least build whose `httpRedirect` knows 308. Unverified on a real server: the page names no version. */
const PERM_REDIRECT_BUILD = 17763

/** Where a section may be written without `/commit:apphost`. */
interface Section {
  readonly schema: ElementSchema
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
    'system.webServer/httpRedirect': { schema: httpRedirect(build), apphostOnly: false },
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

/** learn.microsoft.com/iis/configuration/system.webserver/httpredirect */
function httpRedirect(build: number): ElementSchema {
  const statuses = ['Permanent', 'Found', 'Temporary']
  return {
    name: 'httpRedirect',
    attributes: {
      enabled: bool(false),
      destination: text(''),
      exactDestination: bool(false),
      childOnly: bool(false),
      httpResponseStatus: oneOf(
        build < PERM_REDIRECT_BUILD ? statuses : [...statuses, 'PermRedirect'],
        'Found',
      ),
    },
    elements: [],
    collection: {
      keys: ['wildcard'],
      entry: { name: 'add', attributes: { wildcard: text(), destination: text() }, elements: [] },
    },
  }
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
