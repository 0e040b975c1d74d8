import type { DetailedFailure } from './detailed-page.ts'
import type { Failure } from './pages.ts'

/** Failures of the ASP.NET Core module in its own words (dotnet/aspnetcore, AspNetCoreModuleV2). */
export const MODULE_FAILURES = {
  start: {
    status: 500,
    subStatus: 30,
    title: 'ASP.NET Core app failed to start',
    reason:
      '<ul><li>The app failed to start</li><li>The app started but then stopped</li><li>The app started but threw an exception during startup</li></ul>',
  },
  dependencies: {
    status: 500,
    subStatus: 31,
    title: 'ANCM Failed to Find Native Dependencies',
    reason: 'The specified version of Microsoft.NetCore.App or Microsoft.AspNetCore.App was not found.',
  },
  bitness: {
    status: 500,
    subStatus: 32,
    title: 'ANCM Failed to Load dll',
    reason:
      'The application was likely published for a different bitness than w3wp.exe/iisexpress.exe is running as.',
  },
  mixed: {
    status: 500,
    subStatus: 34,
    title: 'ANCM Mixed Hosting Models Not Supported',
    reason: 'Select a different application pool to create another application.',
  },
  second: {
    status: 500,
    subStatus: 35,
    title: 'ANCM Multiple In-Process Applications in same Process',
    reason: 'Select a different application pool to create another in-process application.',
  },
  handler: {
    status: 500,
    subStatus: 0,
    title: 'ANCM In-Process Handler Load Failure',
    reason: '',
  },
  late: {
    status: 500,
    subStatus: 37,
    title: 'ASP.NET Core app failed to start within startup time limit',
    reason: '',
  },
  outOfProcess: {
    status: 502,
    subStatus: 5,
    title: 'ANCM Out-Of-Process Startup Failure',
    reason:
      '<ul><li> The application process failed to start </li><li> The application process started but then stopped </li><li> The application process started but failed to listen on the configured port </li></ul>',
  },
} as const satisfies Readonly<Record<string, Failure>>

type Told = Omit<DetailedFailure, 'url' | 'configFile'>

const NO_LISTING: Told = {
  status: 403,
  subStatus: 14,
  phrase: 'Forbidden',
  sentence: {
    en: 'The Web server is configured to not list the contents of this directory.',
    de: 'Der Webserver ist so konfiguriert, dass der Inhalt dieses Verzeichnisses nicht aufgelistet wird.',
    ru: 'Веб-сервер настроен таким образом, что список содержимого этого каталога не отображается.',
  },
  module: 'DirectoryListingModule',
  errorCode: '0x00000000',
}

const NOT_FOUND: Told = {
  status: 404,
  subStatus: 0,
  phrase: 'Not Found',
  sentence: {
    en: 'The resource you are looking for has been removed, had its name changed, or is temporarily unavailable.',
    de: 'Die gesuchte Ressource wurde entfernt oder umbenannt, oder sie steht vorübergehend nicht zur Verfügung.',
    ru: 'Ресурс, который вы ищете, был удален, переименован или временно недоступен.',
  },
  module: 'IIS Web Core',
  errorCode: '0x80070002',
}

const INVALID_CONFIGURATION: Omit<Told, 'errorCode'> = {
  status: 500,
  subStatus: 19,
  phrase: 'Internal Server Error',
  sentence: {
    en: 'The requested page cannot be accessed because the related configuration data for the page is invalid.',
    de: 'Die angeforderte Seite kann nicht aufgerufen werden, da die zugehörigen Konfigurationsdaten der Seite ungültig sind.',
    ru: 'Запрошенная страница недоступна, так как связанные с ней данные конфигурации являются недопустимыми.',
  },
  module: 'IIS Web Core',
}

/** Failures of IIS itself. */
export const IIS_FAILURES = {
  noListing: NO_LISTING,
  notFound: NOT_FOUND,
  /** A section that no installed module declares: IIS names no reason. */
  unknownSection: { ...INVALID_CONFIGURATION, errorCode: '0x8007000d' },
  notXml: {
    ...INVALID_CONFIGURATION,
    errorCode: '0x8007000d',
    configError: 'Configuration file is not well-formed XML',
  },
  denied: {
    ...INVALID_CONFIGURATION,
    errorCode: '0x80070005',
    configError: 'Cannot read configuration file due to insufficient permissions',
  },
  noFolder: {
    ...INVALID_CONFIGURATION,
    errorCode: '0x80070003',
    configError: 'Cannot read configuration file',
  },
} as const satisfies Readonly<Record<string, Told>>
