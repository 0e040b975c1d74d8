const locale = 'en-GB'

/** `20 November 2029` */
export const longDate = (iso: string): string =>
  new Date(iso).toLocaleDateString(locale, { day: 'numeric', month: 'long', year: 'numeric' })

/** `10 Dec 2026` */
export const shortDate = (iso: string): string =>
  new Date(iso).toLocaleDateString(locale, { day: 'numeric', month: 'short', year: 'numeric' })

/** `20 Nov 2026, 16:42` */
export const dateAndTime = (when: string | number): string =>
  new Date(when).toLocaleString(locale, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  })

/** `14:07:31`, this page's time zone. */
export const timeOfDay = (when: string | number): string =>
  new Date(when).toLocaleTimeString(locale, { hour12: false })

/** `4 ms`, `1.2 s`, `1:12` from a minute on. */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`
  return clock(ms)
}

/** `0:56`, `12:03` */
export function clock(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

/** `41.2 GB`, `2,501 bytes` below 10 kB. */
export function bytes(count: number): string {
  if (count < 10_000) return `${count.toLocaleString(locale)} bytes`
  const units = ['kB', 'MB', 'GB', 'TB']
  let value = count
  let unit = -1
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000
    unit += 1
  }
  return `${value.toFixed(value < 100 ? 1 : 0)} ${units[unit]}`
}

/** `412 files`, `1 file`. */
export const counted = (count: number, one: string, many: string): string =>
  `${count.toLocaleString(locale)} ${count === 1 ? one : many}`

/** `today at 20:00`, `tomorrow at 07:00`, `Saturday at 20:00`; only for the week that begins now. */
export function dayAndTime(iso: string, now: Date): string {
  const at = new Date(iso)
  const midnight = (day: Date) => new Date(day.getFullYear(), day.getMonth(), day.getDate()).getTime()
  const days = Math.round((midnight(at) - midnight(now)) / 86_400_000)
  const day =
    days === 0 ? 'today' : days === 1 ? 'tomorrow' : at.toLocaleDateString(locale, { weekday: 'long' })
  return `${day} at ${at.toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit' })}`
}

/** Seconds as the largest unit that fits: `1 hour`, `90 minutes`, `45 seconds`. */
export function wholeTime(seconds: number): string {
  if (seconds >= 3600 && seconds % 3600 === 0) return counted(seconds / 3600, 'hour', 'hours')
  if (seconds >= 60 && seconds % 60 === 0) return counted(seconds / 60, 'minute', 'minutes')
  return counted(seconds, 'second', 'seconds')
}
