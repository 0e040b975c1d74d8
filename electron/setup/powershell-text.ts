import type { FunctionCall, ScriptValue, Spelling, Template } from './script-parts.ts'

/**
 * A text as a literal of PowerShell in which nothing is expanded. PowerShell takes the typographic single quotation
 * marks for the plain one, so they are doubled, too.
 * https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_quoting_rules
 */
export function literal(text: string): string {
  return `'${text.replace(/['\u2018-\u201b]/g, '$&$&')}'`
}

/** Line ends and what no editor shows, by number: a script may be saved with other line ends. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u

/** A text as expressions that are joined: literals, and signs by their numbers. */
function pieces(text: string): readonly string[] {
  const found: string[] = []
  let plain = ''
  const close = () => {
    if (plain !== '') found.push(literal(plain))
    plain = ''
  }
  for (const unit of text.split('')) {
    if (!UNSEEN.test(unit) || unit === '\t') plain += unit
    else if (/[\uD800-\uDFFF]/.test(unit)) plain += unit
    else {
      close()
      found.push(`[char] ${unit.charCodeAt(0)}`)
    }
  }
  close()
  return found
}

/** A text as one expression. */
export function textExpression(text: string): string {
  const found = pieces(text)
  if (found.length === 0) return "''"
  return found.length === 1 && found[0]!.startsWith("'") ? found[0]! : `(-join @(${found.join(', ')}))`
}

const FUNCTIONS: Readonly<Record<Spelling, readonly [name: string, more: string]>> = {
  json: ['ConvertTo-JsonText', ''],
  xml: ['ConvertTo-XmlText', ''],
  connection: ['ConvertTo-ConnectionText', ''],
  'connection"': ['ConvertTo-ConnectionText', ` '"'`],
  "connection'": ['ConvertTo-ConnectionText', ` ''''`],
}

/** A template as expressions that are joined. */
export function templatePieces(template: Template): readonly string[] {
  return template.flatMap((part) => {
    if (typeof part === 'string') return pieces(part)
    const opened = `(Get-PlainText $${part.secret.name})`
    return [
      part.spelled.reduce((inner, spelling) => {
        const [name, more] = FUNCTIONS[spelling]
        return `(${name} ${inner}${more})`
      }, opened),
    ]
  })
}

export function listExpression(texts: readonly string[]): string {
  return `@(${texts.join(', ')})`
}

/** A call with its parameters by name. */
export function callText({ name, parameters }: FunctionCall): string {
  const given = Object.entries(parameters).map(([key, value]) => ` -${key} ${valueExpression(value)}`)
  return `${name}${given.join('')}`
}

function valueExpression(value: ScriptValue): string {
  if (typeof value === 'string') return textExpression(value)
  if (typeof value === 'number') return String(value)
  return 'name' in value ? `$${value.name}` : listExpression(value.map(textExpression))
}

/** A comment of one line, whatever the text holds. */
export function comment(text: string): string {
  return `# ${text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')}`.trimEnd()
}
