import { createRequire } from 'node:module'

/** This program's version, from package.json: sources and bundles both lie two folders below it. */
export const VERSION = (createRequire(import.meta.url)('../../package.json') as { version: string }).version
