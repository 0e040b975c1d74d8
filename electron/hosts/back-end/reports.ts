import { buffer } from 'node:stream/consumers'
import { SetupError } from '../../contract/problem.ts'
import { reportHtml } from '../../report/page.ts'
import { reportJson } from '../../report/report.ts'
import { readLog } from '../../steps/service-place.ts'
import { certificateIn } from '../session/current-certificate.ts'
import { reportOf } from '../session/report-of.ts'
import { placeIn } from '../session/scenarios.ts'
import { preparedOrThrow } from './run.ts'
import { handOver } from './saving.ts'
import type { WizardState } from './state.ts'
import type { Handlers } from './types.ts'

/** The report in its three forms, and the log bundle for those who look after this program. */
export function reportHandlers(
  state: WizardState,
): Pick<Handlers, 'report.save' | 'logs.list' | 'logs.save'> {
  return {
    'report.save': async ({ format }) => {
      const report = await currentReport(state)
      const name = `identity-setup-${report.startedAt.slice(0, 10)}.${format}`
      if (format === 'json') return handOver(state, name, 'json', Buffer.from(reportJson(report)))
      const html = reportHtml(report)
      if (format === 'html') return handOver(state, name, 'html', Buffer.from(html))
      const { printPdf } = state.shell
      if (!printPdf) throw noPdf()
      return handOver(state, name, 'pdf', await printPdf(html))
    },

    'logs.list': async () => (await bundle(state)).map(({ name, bytes }) => ({ name, bytes: bytes.length })),

    'logs.save': async () => {
      const { ZipFile } = await import('yazl')
      const zip = new ZipFile()
      for (const { name, bytes } of await bundle(state)) zip.addBuffer(bytes, name)
      zip.end()
      return handOver(state, 'identity-setup-logs.zip', 'zip', await buffer(zip.outputStream))
    },
  }
}

async function currentReport(state: WizardState) {
  const prepared = preparedOrThrow(state)
  const run = state.currentRun()
  const { found, proof, session } = state
  const certificate = await certificateIn(session, prepared)
  return reportOf(session, {
    prepared,
    run: run.view,
    found,
    written: run.writtenFiles,
    proof,
    ...(certificate ? { certificate } : {}),
  })
}

/** What a bundle holds, every text redacted. */
async function bundle(state: WizardState): Promise<{ name: string; bytes: Buffer }[]> {
  const { session } = state
  const { view } = state.currentRun()
  const log = view.log.map(({ at, step, text }) => `${at} ${step} ${text}`).join('\n')
  const files: Record<string, string> = {
    'run.log': `${log}\n`,
    'run.json': `${JSON.stringify(view, undefined, 2)}\n`,
    ...(state.prepared ? { 'report.json': reportJson(await currentReport(state)) } : {}),
    'service.log': `${await serviceLog(state)}\n`,
  }
  return Object.entries(files).map(([name, text]) => ({
    name,
    bytes: Buffer.from(session.redactor.redact(text)),
  }))
}

/** What the service itself wrote, or why that cannot be had. */
async function serviceLog({ prepared }: WizardState): Promise<string> {
  if (!prepared) return ''
  try {
    return await readLog(prepared.machine, placeIn(prepared))
  } catch (error) {
    return `(not available: ${error instanceof Error ? error.message : String(error)})`
  }
}

function noPdf(): SetupError {
  return new SetupError({
    code: 'report.no-pdf',
    what: 'A browser’s wizard cannot write a PDF by itself.',
    next: 'Save the HTML report and print it to PDF.',
  })
}
