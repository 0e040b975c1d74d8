import type { Report } from '../../../electron/report/report.ts'

/** A report of a good run in which every section has something to say. */
export function sampleReport(more: Partial<Report> = {}): Report {
  return {
    program: 'Identity Service Setup',
    title: 'New installation',
    practice: false,
    outcome: 'done',
    startedAt: '2026-03-04T05:06:07.000Z',
    endedAt: '2026-03-04T05:07:19.000Z',
    ms: 72_000,
    machine: [{ label: 'Server', value: 'srv01' }],
    asked: [{ label: 'container.httpPort', value: '8090' }],
    found: [{ label: 'Unpack the archive', value: 'The folder is empty.' }],
    steps: [
      { id: 'a', title: 'Unpack the archive', group: 'files', state: 'done', ms: 240, summary: '412 files.' },
    ],
    written: [
      { path: '/srv/appsettings.json', bytes: 12_345, sha256: 'ab'.repeat(32), backup: '/state/backup/1' },
    ],
    proof: [
      {
        id: 'proof.token',
        title: 'Token',
        status: 'passed',
        why: 'Only a token proves it.',
        summary: 'A token was given.',
        ms: 12,
        evidence: [{ label: 'Algorithm', value: 'RS256' }],
      },
    ],
    undoFailures: [],
    settings: [{ label: 'OAuth20IdentityServerUrl', value: 'http://localhost:8090' }],
    next: ['Fill in the three system settings.'],
    ...more,
  }
}

/** What a reader of the page sees, without markup. */
export function seen(page: string): string {
  return page
    .replace(/^[\s\S]*<body>/, '')
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ')
}
