/** Markup that is safe to put into a page; everything else is escaped on its way in. */
export class Html {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

type Part = Html | string | number | undefined | false | readonly Part[]

/** Builds markup from a template: what is put in is escaped, unless it is `Html` already. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(
    strings.reduce((text, piece, at) => text + (at === 0 ? '' : rendered(parts[at - 1])) + piece, ''),
  )
}

function rendered(part: Part): string {
  if (part === undefined || part === false) return ''
  if (part instanceof Html) return part.text
  if (Array.isArray(part)) return part.map(rendered).join('')
  return escape(String(part))
}

function escape(text: string): string {
  return visible(
    text
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      .replaceAll("'", '&#39;'),
  )
}

/**
 * Controls (but tab and line end) and marks that turn the direction of writing could make a page or a terminal lie;
 * they are shown as what they are, such as `⟨U+001B⟩`. The line ends of Windows become plain ones.
 */
export function visible(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replace(
      /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/g,
      (character) => `⟨U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}⟩`,
    )
}
