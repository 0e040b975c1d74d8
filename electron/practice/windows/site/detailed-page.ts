import type { Language } from '../state.ts'

/** A failure of IIS itself, which it tells in detail to callers on the same machine only. */
export interface DetailedFailure {
  readonly status: number
  readonly subStatus: number
  /** Reason phrase of the status line; not translated. */
  readonly phrase: string
  readonly sentence: Readonly<Record<Language, string>>
  readonly module: string
  /** Such as `0x8007000d`. */
  readonly errorCode: string
  readonly configError?: string
  readonly configFile?: string
  readonly url: string
}

const HEADING: Readonly<Record<Language, string>> = {
  en: 'HTTP Error',
  de: 'HTTP-Fehler',
  ru: 'Ошибка HTTP',
}

/**
 * The detailed page (`errorMode="DetailedLocalOnly"`, the default of `system.webServer/httpErrors`) in the language
 * of Windows; names of its rows vary by language too, numbers do not.
 */
export function detailedPage(failure: DetailedFailure, language: Language): string {
  const number = `${failure.status}.${failure.subStatus}`
  const rows = [
    ['Module', failure.module],
    ['Error Code', failure.errorCode],
    ...(failure.configError === undefined ? [] : [['Config Error', failure.configError]]),
    ...(failure.configFile === undefined ? [] : [['Config File', `\\\\?\\${failure.configFile}`]]),
    ['Requested URL', failure.url],
  ]
  return `<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">
<html xmlns="http://www.w3.org/1999/xhtml">
<head>
<title>IIS 10.0 Detailed Error - ${number} - ${failure.phrase}</title>
</head>
<body>
<div id="content">
<div class="content-container">
  <h3>${HEADING[language]} ${number} - ${failure.phrase}</h3>
  <h4>${failure.sentence[language]}</h4>
</div>
<div class="content-container">
 <fieldset><div id="details-left">
   <table border="0" cellpadding="0" cellspacing="0">
${rows.map(([name, value]) => `    <tr><th>${name}</th><td>&nbsp;&nbsp;&nbsp;${escape(value!)}</td></tr>`).join('\n')}
   </table>
 </div></fieldset>
</div>
</div>
</body>
</html>
`.replaceAll('\n', '\r\n')
}

/** What a caller from elsewhere sees instead (`%SystemDrive%\inetpub\custerr`): neither sub-status nor file. */
export function shortPage(status: number, phrase: string): string {
  const text = status === 403 ? `${status} - Forbidden: Access is denied.` : `${status} - ${phrase}.`
  return `<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">
<html xmlns="http://www.w3.org/1999/xhtml">
<head>
<title>${text}</title>
</head>
<body>
<div id="header"><h1>Server Error</h1></div>
<div id="content"><h2>${text}</h2></div>
</body>
</html>
`.replaceAll('\n', '\r\n')
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
