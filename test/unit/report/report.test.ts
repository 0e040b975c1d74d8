import { DOMParser } from '@xmldom/xmldom'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CheckReport } from '../../../electron/contract/check.ts'
import { reportHtml } from '../../../electron/report/page.ts'
import { outcomeText, reportJson, type Report } from '../../../electron/report/report.ts'

/** A report in which every text that comes from outside is the given one. */
function reportWith(text: string): Report {
  const check: CheckReport = {
    id: 'proof.token',
    title: text,
    status: 'failed',
    why: text,
    summary: text,
    ms: 12,
    evidence: [{ label: text, value: text }],
    cause: text,
    remedy: { text, command: text, sql: text },
  }
  const problem = { code: 'x', what: text, cause: text, next: text, untouched: text, details: [text, text] }
  const diagnosis = {
    id: 'd',
    cause: text,
    remedy: { text, sql: text },
    evidence: [{ label: text, value: text }],
  }
  return {
    program: text,
    title: text,
    practice: true,
    outcome: 'undo-failed',
    startedAt: '2026-01-02T03:04:05.000Z',
    endedAt: '2026-01-02T03:05:17.000Z',
    ms: 72_000,
    machine: [{ label: text, value: text }],
    asked: [{ label: text, value: text }],
    found: [{ label: text, value: text }],
    steps: [{ id: 'a', title: text, group: 'files', state: 'failed', ms: 1234, summary: text }],
    written: [{ path: text, bytes: 1_234_567, sha256: 'ab'.repeat(32), backup: text }],
    proof: [check],
    failure: { step: 'a', title: text, problem, diagnosis },
    undoFailures: [{ step: 'a', title: text, problem }],
    settings: [{ label: text, value: text }],
    next: [text],
  }
}

/** The page read as XML, which is stricter than HTML: an element that is not closed or an escape that is missing fails. */
function parsed(html: string) {
  const faults: string[] = []
  const onError = (_level: string, message: string) => {
    // A character like any other, which the parser takes for the sign of a wrong encoding.
    if (!message.startsWith('Unicode replacement character')) faults.push(message)
  }
  const document = new DOMParser({ onError }).parseFromString(html.replace('<!doctype html>', ''), 'text/xml')
  expect(faults).toEqual([])
  return document
}

const parts = (html: string) => [...parsed(html).getElementsByTagName('*')].map(({ tagName }) => tagName)
const plain = parts(reportHtml(reportWith('plain')))

describe('the page', () => {
  it('is one document that loads nothing and runs nothing', () => {
    const html = reportHtml(reportWith('plain'))
    expect(html).toMatch(/^<!doctype html>\n\s*<html lang="en">/)
    expect(html).not.toMatch(/<script|<link|<img|<iframe|\son\w+=|javascript:|url\(|@import|https?:/i)
    expect(html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`)
    expect(plain.filter((name) => name === 'h1')).toHaveLength(1)
  })

  it.each([
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='x",
    '</style><script>',
    '</title>',
    '<!-- ',
    ']]>',
    '&lt;b&gt; &#x3c;',
    '${text}',
    '\uFFFD',
  ])('shows %s as text', (text) => {
    const html = reportHtml(reportWith(text))
    expect(parts(html)).toEqual(plain)
    const terms = [...parsed(html).getElementsByTagName('dt')].map(({ textContent }) => textContent)
    expect(terms).toContain(text)
  })

  it('shows what would control a terminal or turn the writing as what it is', () => {
    const html = reportHtml(reportWith('\u0000\u001B[31m\u0085\u200E\u202Egnp.exe\u2066\u2028'))
    expect(html).toContain('⟨U+0000⟩⟨U+001B⟩[31m⟨U+0085⟩⟨U+200E⟩⟨U+202E⟩gnp.exe⟨U+2066⟩⟨U+2028⟩')
    expect(html).not.toMatch(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/)
    expect(reportHtml(reportWith('عربي 😀 ü'))).toContain('عربي 😀 ü')
  })

  it('has the same elements whatever the texts are', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (text) => {
        expect(parts(reportHtml(reportWith(text.toWellFormed())))).toEqual(plain)
      }),
      { numRuns: 30 },
    )
  })

  it('says how it ended, how long it took and what to do next', () => {
    const html = reportHtml({ ...reportWith('plain'), outcome: 'done', practice: false })
    expect(html).toContain('Done.')
    expect(html).toContain('1:12')
    expect(html).toContain('2 January 2026')
    expect(html).not.toContain('Practice run')
  })
})

it('has the same in its JSON', () => {
  const report = reportWith('\u2028"\\')
  expect(JSON.parse(reportJson(report))).toEqual(report)
  expect(reportJson(report).endsWith('}\n')).toBe(true)
})

it('has words for every outcome', () => {
  for (const outcome of ['done', 'as-wanted', 'failed', 'stopped', 'undone', 'undo-failed'] as const)
    expect(outcomeText(outcome)).toMatch(/^[A-Z]/)
})
