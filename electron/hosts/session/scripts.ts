import { basename, join, resolve } from 'node:path'

/**
 * This program's own scripts that run as processes of their own. In development they are sources, run by Node as
 * they are; built, they lie beside the bundle that this file becomes a part of.
 */
const fromSource = basename(import.meta.dirname) === 'session'

/** One website of the practice run's simulated IIS, with the practice Identity Service in it. */
export const practiceSiteScript = script('practice/windows/site/main.ts', 'practice-site.js')

/** The practice database's keeper. */
export const practiceDatabaseScript = script('practice/database-main.ts', 'practice-database.js')

function script(source: string, bundle: string): string {
  return fromSource ? resolve(import.meta.dirname, '../..', source) : join(import.meta.dirname, bundle)
}
