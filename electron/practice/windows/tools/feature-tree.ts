import type { FeatureState } from '../state.ts'

/**
 * The parent of each IIS feature (learn.microsoft.com “Installing IIS using DISM”). What is not listed here
 * has none.
 */
const parent: Readonly<Record<string, string>> = {
  'IIS-WebServer': 'IIS-WebServerRole',
  'IIS-CommonHttpFeatures': 'IIS-WebServer',
  'IIS-StaticContent': 'IIS-CommonHttpFeatures',
  'IIS-DefaultDocument': 'IIS-CommonHttpFeatures',
  'IIS-DirectoryBrowsing': 'IIS-CommonHttpFeatures',
  'IIS-HttpErrors': 'IIS-CommonHttpFeatures',
  'IIS-HttpRedirect': 'IIS-CommonHttpFeatures',
  'IIS-HealthAndDiagnostics': 'IIS-WebServer',
  'IIS-HttpLogging': 'IIS-HealthAndDiagnostics',
  'IIS-RequestMonitor': 'IIS-HealthAndDiagnostics',
  'IIS-Security': 'IIS-WebServer',
  'IIS-RequestFiltering': 'IIS-Security',
  'IIS-WindowsAuthentication': 'IIS-Security',
  'IIS-Performance': 'IIS-WebServer',
  'IIS-HttpCompressionStatic': 'IIS-Performance',
  'IIS-ApplicationDevelopment': 'IIS-WebServer',
  'IIS-WebSockets': 'IIS-ApplicationDevelopment',
  'IIS-ApplicationInit': 'IIS-ApplicationDevelopment',
  'IIS-WebServerManagementTools': 'IIS-WebServerRole',
  'IIS-ManagementConsole': 'IIS-WebServerManagementTools',
  'IIS-ManagementScriptingTools': 'IIS-WebServerManagementTools',
}

/** The features above one that this Windows knows, the topmost first. */
export function parentsOf(feature: string, known: Readonly<Record<string, FeatureState>>): readonly string[] {
  const above = parent[feature]
  if (above === undefined) return []
  return [...parentsOf(above, known), ...(known[above] === undefined ? [] : [above])]
}

/** The features that go with one when it is disabled, the lowest first. */
export function childrenOf(feature: string): readonly string[] {
  return Object.keys(parent)
    .filter((name) => parent[name] === feature)
    .flatMap((name) => [...childrenOf(name), name])
}
