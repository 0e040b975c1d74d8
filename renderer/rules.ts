import { messages } from './messages/index.ts'
import type { Fault } from './store/faults.ts'

const text = messages.common.rules

/** Whether it is a port as the answers take it: 1–65535. */
export const portFault = (typed: string): string | undefined =>
  wholeBetween(typed, 1, 65_535) ? undefined : text.port

/** Days of a certificate as the answers take them: 1–36500. */
export const daysFault = (typed: string): string | undefined =>
  wholeBetween(typed, 1, 36_500) ? undefined : text.days

/** Names of sites and pools as the answers take them. */
export const iisNameFault = (typed: string): string | undefined =>
  /^[A-Za-z0-9](?:[A-Za-z0-9 ._-]{0,62}[A-Za-z0-9])?$/.test(typed) ? undefined : messages.website.nameRule

/** A host header as the answers take it: a DNS name and nothing else. */
export const hostNameFault = (typed: string): string | undefined =>
  typed.length <= 255 &&
  /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/i.test(typed)
    ? undefined
    : messages.website.hostNameRule

/** Names of containers as Docker takes them. */
export const containerNameFault = (typed: string): string | undefined =>
  /^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,127}$/.test(typed) ? undefined : messages.container.nameRule

/** A group managed service account as the answers take it. */
export const managedUserFault = (typed: string): string | undefined =>
  /^[^\\@\p{Cc}]+\\[^\\@\p{Cc}]+\$$/u.test(typed) ? undefined : messages.website.managedUserRule

function wholeBetween(typed: string, least: number, most: number): boolean {
  const trimmed = typed.trim()
  return /^\d{1,9}$/.test(trimmed) && Number(trimmed) >= least && Number(trimmed) <= most
}

/** A field that may not stay empty. `label` continues the sentence "Enter …". */
export const needed = (path: string, value: string, label: string): readonly Fault[] =>
  value.trim() === '' ? [{ path, text: text.required(label) }] : []

/** A field whose value a rule judges; an empty one is left to {@link needed}. */
export function judged(
  path: string,
  value: string,
  rule: (value: string) => string | undefined,
): readonly Fault[] {
  const fault = value === '' ? undefined : rule(value)
  return fault === undefined ? [] : [{ path, text: fault }]
}

/** A scope as the answers take it (RFC 6749, 3.3: no space, quotation mark or backslash). */
export const scopeFault = (typed: string): string | undefined =>
  /^[\x21\x23-\x5b\x5d-\x7e]{1,200}$/.test(typed) ? undefined : messages.client.scopes.rule
