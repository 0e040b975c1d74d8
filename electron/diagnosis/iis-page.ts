import type { IisEvidence } from './evidence.ts'

/**
 * What the body of an error answer says beyond its status. It goes by numbers and by HTTP.sys's words, which are
 * never translated; the rest of IIS's pages is in the language of Windows.
 * https://learn.microsoft.com/troubleshoot/developer/webapps/iis/www-administration-management/http-status-code
 *
 * @param status of the answer, which has to stand on the page too for its sub-status to count
 */
export function readIisPage(
  status: number,
  body: string,
): Pick<IisEvidence, 'subStatus' | 'hresult' | 'configError' | 'unknownHost'> {
  const heading = /<(title|h1|h3)>([^<]*)<\/\1>/gi
  const headings = [...body.matchAll(heading)].map(([, , text]) => text!)
  const number = headings
    .map((text) => new RegExp(`\\b${status}\\.(\\d{1,2})\\b`).exec(text)?.[1])
    .find((found) => found !== undefined)
  const cells = [...body.matchAll(/<td>([^]*?)<\/td>/gi)].map(([, cell]) => plain(cell!))
  const codeAt = cells.findIndex((cell) => /^0x[0-9a-f]{8}$/i.test(cell))
  const next = codeAt < 0 ? undefined : cells[codeAt + 1]
  return {
    ...(number !== undefined && { subStatus: Number(number) }),
    ...(codeAt >= 0 && { hresult: cells[codeAt]!.toLowerCase() }),
    // The row after the code is the error, if there is one; else the file or the address.
    ...(next !== undefined && next !== '' && !/^(\\\\\?\\|https?:)/.test(next) && { configError: next }),
    ...(status === 400 && /Invalid Hostname/.test(body) && { unknownHost: true }),
  }
}

function plain(html: string): string {
  return html
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&amp;', '&')
    .trim()
}
