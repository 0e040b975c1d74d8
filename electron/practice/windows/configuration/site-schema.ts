import { bool, type ElementSchema, oneOf, password, text, timeSpan, uint } from './schema.ts'

const VIRTUAL_DIRECTORY: ElementSchema = {
  name: 'virtualDirectory',
  attributes: {
    path: text(),
    physicalPath: text(),
    userName: text(''),
    password,
    logonMethod: oneOf(['Interactive', 'Batch', 'Network', 'ClearText'], 'ClearText'),
    allowSubDirConfig: bool(true),
  },
  elements: [],
}

const APPLICATION: ElementSchema = {
  name: 'application',
  attributes: {
    path: text(),
    // Empty: `applicationDefaults` decides, which says DefaultAppPool.
    applicationPool: text(''),
    enabledProtocols: text('http'),
    serviceAutoStartEnabled: bool(false),
    serviceAutoStartProvider: text(''),
    preloadEnabled: bool(false),
  },
  elements: [],
  collection: { keys: ['path'], entry: VIRTUAL_DIRECTORY },
}

const BINDINGS: ElementSchema = {
  name: 'bindings',
  attributes: {},
  elements: [],
  collection: {
    keys: ['protocol', 'bindingInformation'],
    entry: {
      name: 'binding',
      attributes: { protocol: text(), bindingInformation: text(), sslFlags: uint(0) },
      elements: [],
    },
  },
}

const LIMITS: ElementSchema = {
  name: 'limits',
  attributes: {
    maxBandwidth: uint(4294967295),
    maxConnections: uint(4294967295),
    connectionTimeout: timeSpan('00:02:00'),
    maxUrlSegments: uint(32),
  },
  elements: [],
}

const LOG_FILE: ElementSchema = {
  name: 'logFile',
  attributes: {
    logFormat: oneOf(['IIS', 'NCSA', 'W3C', 'Custom'], 'W3C'),
    directory: text('%SystemDrive%\\inetpub\\logs\\LogFiles'),
    period: oneOf(['Hourly', 'Daily', 'Weekly', 'Monthly', 'MaxSize'], 'Daily'),
    enabled: bool(true),
  },
  elements: [],
}

const FAILED_REQUESTS: ElementSchema = {
  name: 'traceFailedRequestsLogging',
  attributes: {
    enabled: bool(false),
    directory: text('%SystemDrive%\\inetpub\\logs\\FailedReqLogFiles'),
    maxLogFiles: uint(50),
  },
  elements: [],
}

const plain = (name: string): ElementSchema => ({ name, attributes: {}, elements: [] })

/** `<sites>` (learn.microsoft.com/iis/configuration, “Sites”). */
export const SITES_SCHEMA: ElementSchema = {
  name: 'sites',
  attributes: {},
  elements: [],
  collection: {
    keys: ['name'],
    entry: {
      name: 'site',
      attributes: { name: text(), id: uint(), serverAutoStart: bool(true) },
      elements: [
        BINDINGS,
        LIMITS,
        LOG_FILE,
        FAILED_REQUESTS,
        plain('applicationDefaults'),
        plain('virtualDirectoryDefaults'),
      ],
      collection: { keys: ['path'], entry: APPLICATION },
    },
  },
}
