import type { CheckReport, CheckStatus, Evidence } from '../contract/check.ts'
import type { Problem } from '../contract/problem.ts'
import type { StepFailure, StepProgress, StepState } from '../contract/run.ts'
import { html, Html } from './html.ts'
import { outcomeText, type Report, type ReportedFile } from './report.ts'
import { STYLE } from './style.ts'

/** The report as one self-contained page: no script, nothing loaded, prints well. The report must be redacted. */
export function reportHtml(report: Report): string {
  const good = report.outcome === 'done' || report.outcome === 'as-wanted'
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <title>${report.title} – ${report.startedAt.slice(0, 10)}</title>
        <style>
          ${new Html(STYLE)}
        </style>
      </head>
      <body>
        <header>
          <h1>${report.title}</h1>
          <p class="lead">${moment(report.startedAt)}, ${report.program}</p>
          ${report.practice && html`<p class="practice">Practice run: only Windows and the vendor’s program are simulated</p>`}
          <div class="outcome ${good ? '' : 'bad'}">
            <b>${outcomeText(report.outcome)}.</b> ${proofLine(report.proof)} Took ${duration(report.ms)}.
          </div>
        </header>
        <main>
          ${section('Machine', facts(report.machine))} ${section('Asked for', facts(report.asked))}
          ${report.found.length > 0 && section('Found', facts(report.found))}
          ${report.failure && section('What failed', failure(report.failure))}
          ${report.undoFailures.length > 0 && section('What could not be taken back', report.undoFailures.map(failure))}
          ${section('Steps', steps(report.steps))}
          ${section('Written files', report.written.length > 0 ? files(report.written) : html`<p>None.</p>`)}
          ${report.certificate !== undefined && section('Signing certificate', facts(report.certificate))}
          ${section('Proof', report.proof.length > 0 ? report.proof.map(check) : html`<p>Not tried.</p>`)}
          ${report.settings.length > 0 && section('System settings of Creatio to fill in', facts(report.settings))}
          ${
            report.next.length > 0 &&
            section(
              'What to do next',
              html`<ol>
                ${report.next.map((line) => html`<li>${line}</li>`)}
              </ol>`,
            )
          }
        </main>
        <footer>
          Secrets are not part of this report. SHA-256 values are those of the files as they were written.
        </footer>
      </body>
    </html> `
  return page.text
}

function section(title: string, body: Html | readonly Html[]): Html {
  return html`<section>
    <h2>${title}</h2>
    ${body}
  </section>`
}

function facts(rows: readonly Evidence[]): Html {
  return html`<dl>
    ${rows.map(
      ({ label, value }) =>
        html`<dt>${label}</dt>
          <dd>${value}</dd>`,
    )}
  </dl>`
}

/** Facts word for word, such as a line of a log. */
function evidence(rows: readonly Evidence[]): Html | false {
  return (
    rows.length > 0 &&
    html`<dl>
      ${rows.map(
        ({ label, value }) =>
          html`<dt>${label}</dt>
            <dd class="mono">${value}</dd>`,
      )}
    </dl>`
  )
}

function steps(rows: readonly StepProgress[]): Html {
  return html`<table>
    <thead>
      <tr>
        <th>Step</th>
        <th>Result</th>
        <th>What was done</th>
        <th class="number">Time</th>
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        (step) =>
          html`<tr>
            <td>${step.title}</td>
            <td class="state ${tone(step.state)}">${stateWords[step.state]}</td>
            <td>${step.summary}</td>
            <td class="number">${step.ms === undefined ? '' : duration(step.ms)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`
}

const stateWords: Readonly<Record<StepState, string>> = {
  waiting: 'Not reached',
  running: 'Running',
  done: 'Done',
  'as-wanted': 'As wanted',
  failed: 'Failed',
  undoing: 'Being taken back',
  undone: 'Taken back',
  'undo-failed': 'Not taken back',
}

function tone(state: StepState): string {
  if (state === 'failed' || state === 'undo-failed') return 'bad'
  return state === 'done' || state === 'as-wanted' ? 'good' : 'soft'
}

function files(rows: readonly ReportedFile[]): Html {
  return html`<table>
    <thead>
      <tr>
        <th>File, SHA-256 and backup</th>
        <th class="number">Bytes</th>
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        (file) =>
          html`<tr>
            <td class="mono">
              ${file.path}<br /><span class="soft">${file.sha256}</span
              >${file.backup !== undefined && html`<br /><span class="soft">Backup: ${file.backup}</span>`}
            </td>
            <td class="number">${file.bytes.toLocaleString('en')}</td>
          </tr>`,
      )}
    </tbody>
  </table>`
}

const checkWords: Readonly<Record<CheckStatus, readonly [string, string]>> = {
  passed: ['Passed', 'good'],
  warning: ['Warning', 'warning'],
  failed: ['Failed', 'bad'],
  'not-applicable': ['Not applicable', 'soft'],
  'not-tried': ['Not tried', 'soft'],
}

function check(report: CheckReport): Html {
  const [word, colour] = checkWords[report.status]
  return html`<div class="check">
    <h3><span class="${colour}">${word}</span> · ${report.title}</h3>
    <p>${report.summary}</p>
    ${evidence(report.evidence)}${report.cause !== undefined && html`<p>${report.cause}</p>`}${report.remedy && remedy(report.remedy)}
  </div>`
}

function failure({ title, problem, diagnosis }: StepFailure): Html {
  return html`<div class="check">
    <h3>${title}</h3>
    <p>${problem.what}</p>
    ${place(problem)}${
      diagnosis
        ? html`<p><b>Cause:</b> ${diagnosis.cause}</p>
            ${remedy(diagnosis.remedy)}${evidence(diagnosis.evidence)}`
        : html`${problem.cause !== undefined && html`<p><b>Cause:</b> ${problem.cause}</p>`}
            <p>${problem.next}</p>`
    }${problem.untouched !== undefined && html`<p>${problem.untouched}</p>`}${details(problem)}
  </div>`
}

function place({ where }: Problem): Html | false {
  if (where?.file === undefined) return false
  return html`<p class="mono">${where.file}${where.line !== undefined && `, line ${where.line}`}</p>`
}

function details({ details: lines = [] }: Problem): Html | false {
  return lines.length > 0 && html`<pre>${lines.join('\n')}</pre>`
}

function remedy({ text, command, sql }: NonNullable<CheckReport['remedy']>): Html {
  return html`<p><b>Remedy:</b> ${text}</p>
    ${command !== undefined && html`<pre>${command}</pre>`}${sql !== undefined && html`<pre>${sql}</pre>`}`
}

function proofLine(checks: readonly CheckReport[]): string {
  const tried = checks.filter(({ status }) => status !== 'not-applicable' && status !== 'not-tried')
  const passed = tried.filter(({ status }) => status === 'passed')
  return tried.length === 0
    ? 'The proof was not tried.'
    : `${passed.length} of ${tried.length} proofs passed.`
}

function moment(iso: string): string {
  return `${new Date(iso).toLocaleString('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' })} UTC`
}

/** Milliseconds as people read them: `0.2 s`, `1:12`. */
export function duration(ms: number): string {
  // What would be rounded to 60.0 s is a minute.
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`
  const seconds = Math.round(ms / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
