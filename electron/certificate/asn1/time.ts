import { type Element, MalformedError } from './ber.ts'

/**
 * A moment in a certificate (RFC 5280, 4.1.2.5): UTCTime with years of two digits until 2049, GeneralizedTime from
 * 2050 on. Old authorities leave the seconds out. @throws MalformedError
 */
export function timeOf({ tag, content }: Element): Date {
  const text = content.toString('latin1')
  const [, year, ...rest] =
    (tag === 0x17
      ? /^(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})?(?:\.\d+)?Z$/
      : tag === 0x18
        ? /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})?(?:\.\d+)?Z$/
        : /^$/
    ).exec(text) ?? []
  if (year === undefined) throw new MalformedError('No date.')
  const [month, day, hours, minutes, seconds] = rest.map((digits) => Number(digits ?? 0))
  const years = Number(year) + (tag === 0x18 ? 0 : Number(year) < 50 ? 2000 : 1900)
  const date = new Date(0)
  date.setUTCFullYear(years, month! - 1, day)
  date.setUTCHours(hours!, minutes, seconds)
  if (date.getUTCMonth() !== month! - 1 || date.getUTCDate() !== day)
    throw new MalformedError('No such date.')
  return date
}
