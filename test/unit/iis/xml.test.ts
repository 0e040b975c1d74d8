import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { problemOf, SetupError } from '../../../electron/contract/problem.ts'
import { maskedXml, printObjects, publicXml, readObjects } from '../../../electron/iis/appcmd-xml.ts'
import { attribute, child, configElement, secretAttribute } from '../../../electron/iis/config-element.ts'
import { Secret } from '../../../electron/secrets/secret.ts'

const POOL = `<?xml version="1.0" encoding="UTF-8"?>\r
<appcmd>\r
    <APPPOOL state="Started" APPPOOL.NAME="Shop &amp; Co" PipelineMode="Integrated" RuntimeVersion="">\r
        <add name="Shop &amp; Co" managedRuntimeVersion="">\r
            <processModel identityType="SpecificUser" userName="DOM\\u" password="pä&quot;ss&#x20AC;" />\r
            <environmentVariables><add name="Db" value="Password=x" /></environmentVariables>\r
        </add>\r
    </APPPOOL>\r
</appcmd>\r
`

function codeOf(action: () => unknown): string {
  try {
    action()
  } catch (error) {
    expect(error).toBeInstanceOf(SetupError)
    return problemOf(error).code
  }
  return 'none'
}

describe('what appcmd prints', () => {
  it('is read in any order of attributes, with every password a secret at once', () => {
    const pool = readObjects(POOL)[0]!
    expect(attribute(pool, 'apppool.name')).toBe('Shop & Co')
    const model = child(child(pool, 'add'), 'processModel')
    expect(attribute(model, 'password')).toBeUndefined()
    expect(secretAttribute(model, 'password')?.open()).toBe('pä"ss€')
    expect(JSON.stringify([...(model?.attributes ?? [])])).not.toMatch(/pä|€/)
    expect(publicXml(pool)).toBeUndefined()
    expect(maskedXml(pool)).not.toMatch(/x20AC|Password=x/)
  })

  it.each([
    ['', 0],
    ['\r\n', 0],
    ['<appcmd></appcmd>', 0],
    ['<appcmd/>', 0],
    ['\uFEFF<appcmd><SITE/></appcmd>', 1],
  ])('%j holds %i objects', (text, count) => expect(readObjects(text)).toHaveLength(count))

  it('keeps line separators that only XML 1.1 takes for line ends', () => {
    const [pool] = readObjects('<appcmd><APPPOOL a="x\u0085\u2028\u2029y" b="x\r\ny" /></appcmd>')
    expect(attribute(pool!, 'a')).toBe('x\u0085\u2028\u2029y')
    expect(attribute(pool!, 'b')).toBe('x y')
  })

  it('may be a fragment of configuration', () => {
    expect(readObjects('<system.webServer><httpRedirect enabled="true" /></system.webServer>')[0]?.name).toBe(
      'system.webServer',
    )
  })

  it.each([
    'ERROR ( message:Configuration error )',
    '<appcmd><SITE',
    '<appcmd></SITE>',
    '<!DOCTYPE a [<!ENTITY b "c">]><appcmd>&b;</appcmd>',
    '<a>'.repeat(60) + '</a>'.repeat(60),
    '<a></a><b></b>',
  ])('is refused when it is %j', (text) => {
    expect(codeOf(() => readObjects(text))).toBe('iis.answer')
  })

  it('is either read or refused, whatever it is', () => {
    const piece = fc.constantFrom(
      '<appcmd>',
      '</appcmd>',
      '<SITE ',
      'a="b" ',
      '/>',
      '>',
      '&',
      '&#x41;',
      '"',
      '<!--',
      '<![CDATA[',
      'ж',
      '\0',
    )
    const anything = fc.oneof(
      fc.string(),
      fc.array(piece).map((pieces) => `<appcmd>${pieces.join('')}`),
    )
    fc.assert(
      fc.property(anything, (text) => {
        expect(['none', 'iis.answer']).toContain(codeOf(() => readObjects(text)))
      }),
    )
  })

  it('does not get into an error', () => {
    try {
      readObjects(POOL.slice(0, -20))
      expect.unreachable()
    } catch (error) {
      expect(JSON.stringify(problemOf(error))).not.toMatch(/ss|DOM/)
    }
  })
})

describe('what appcmd reads', () => {
  const value = fc
    .string({ unit: 'binary' })
    .filter((text) => /^[\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]*$/u.test(text))

  it('is ASCII and comes back as it was', () => {
    fc.assert(
      fc.property(value, value, (name, password) => {
        const secret = password === '' ? '' : new Secret(password)
        const printed = printObjects([configElement('APPPOOL', { 'APPPOOL.NAME': name, password: secret })])
        expect(printed).toMatch(/^[\r\n\x20-\x7e]*$/)
        const read = readObjects(printed)[0]!
        expect(attribute(read, 'APPPOOL.NAME')).toBe(name)
        expect(secretAttribute(read, 'password')?.open() ?? '').toBe(password)
      }),
    )
  })

  it.each(['\0', 'a\u0001', '\uD800', '\uFFFE'])('cannot hold %j', (password) => {
    expect(codeOf(() => printObjects([configElement('a', { password: new Secret(password) })]))).toBe(
      'iis.character',
    )
  })
})
