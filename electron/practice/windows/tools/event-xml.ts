import type { Language, ServerState, SimulatedEvent } from '../state.ts'

const levels: Readonly<Record<Language, readonly string[]>> = {
  en: ['', 'Critical', 'Error', 'Warning', 'Information'],
  de: ['', 'Kritisch', 'Fehler', 'Warnung', 'Informationen'],
  ru: ['', 'Критический', 'Ошибка', 'Предупреждение', 'Сведения'],
}

const cultures: Readonly<Record<Language, string>> = { en: 'en-US', de: 'de-DE', ru: 'ru-RU' }

/**
 * One event in a single line, as the event log writes it. The rendering speaks Windows' language, the data that of the
 * source. Unverified on a real server: which attributes stand there beside those that everybody reads.
 */
export function eventXml(state: ServerState, event: SimulatedEvent, rendered: boolean): string {
  const { language, name } = state.system
  const classic = event.log === 'Application'
  // The log counts in steps of 100 nanoseconds.
  const time = event.at.replace(/(?:\.(\d+))?Z$/, (_, digits: string = '') => `.${digits.padEnd(7, '0')}Z`)
  const system = [
    `<Provider Name='${escape(event.provider)}'/>`,
    classic ? `<EventID Qualifiers='0'>${event.id}</EventID>` : `<EventID>${event.id}</EventID>`,
    `<Version>0</Version><Level>${event.level}</Level><Task>0</Task><Opcode>0</Opcode>`,
    `<Keywords>0x80000000000000</Keywords><TimeCreated SystemTime='${time}'/>`,
    `<EventRecordID>${event.record}</EventRecordID><Correlation/><Execution ProcessID='0' ThreadID='0'/>`,
    `<Channel>${event.log}</Channel><Computer>${escape(name)}</Computer><Security/>`,
  ].join('')
  const data = event.data.map((each) => `<Data>${escape(each)}</Data>`).join('')
  const message = `<Message>${escape(event.data.join('\r\n'))}</Message>`
  const level = `<Level>${levels[language][event.level] ?? ''}</Level>`
  const rendering = `<RenderingInfo Culture='${cultures[language]}'>${message}${level}<Task></Task><Opcode>Info</Opcode><Channel></Channel><Provider></Provider><Keywords><Keyword>Classic</Keyword></Keywords></RenderingInfo>`
  return `<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System>${system}</System><EventData>${data}</EventData>${rendered ? rendering : ''}</Event>`
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll("'", '&apos;')
    .replaceAll('\r', '&#13;')
}
