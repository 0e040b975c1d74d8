#!/usr/bin/env node
import { startWorker } from './worker/start.ts'

/** The elevated, windowless worker where Node runs it. In the packaged program `desktop.ts` does the same. */
process.exitCode = await startWorker(process.argv.slice(2))
