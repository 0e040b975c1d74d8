import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { problemOf } from '../../../electron/contract/problem.ts'
import { patchWebConfig, readWebConfig, type WebConfigEdits } from '../../../electron/service/web-config.ts'
import { ENCODINGS } from './settings-samples.ts'

/** What `dotnet publish` writes, with BOM and CRLF, and with what people leave in such a file. */
const SAMPLE = [
  '<?xml version="1.0" encoding="utf-8"?>',
  '<configuration>',
  '  <!-- <aspNetCore processPath="old.exe" stdoutLogEnabled="false" /> -->',
  '  <location path="api"><system.webServer><aspNetCore processPath="api" stdoutLogEnabled="false" /></system.webServer></location>',
  '  <location path="." inheritInChildApplications="false">',
  '    <system.webServer>',
  '      <handlers>',
  '        <add name="aspNetCore" path="*" verb="*" modules="AspNetCoreModuleV2" resourceType="Unspecified" />',
  '      </handlers>',
  String.raw`      <aspNetCore processPath="dotnet" arguments=".\IdentityService.dll" stdoutLogEnabled="false" stdoutLogFile='.\logs\stdout' hostingModel="inprocess" />`,
  '      <note a="1 &amp; 2 &#233; &gt;"><![CDATA[<aspNetCore stdoutLogEnabled="false"/>]]></note>',
  '    </system.webServer>',
  '  </location>',
  '</configuration>',
  '<!--ProjectGuid: 00000000-0000-0000-0000-000000000000-->',
].join('\r\n')

const patch = (text: string, edits: WebConfigEdits) =>
  Buffer.from(patchWebConfig(Buffer.from(text), edits)).toString()
const problem = (text: string) => {
  try {
    readWebConfig(Buffer.from(text), 'web.config')
  } catch (error) {
    return problemOf(error)
  }
  throw new Error('It was read.')
}

describe('web.config', () => {
  it('is read where it is for the service', () => {
    expect(readWebConfig(Buffer.from(SAMPLE))).toEqual({
      processPath: 'dotnet',
      arguments: String.raw`.\IdentityService.dll`,
      hostingModel: 'inprocess',
      stdoutLogEnabled: 'false',
      stdoutLogFile: String.raw`.\logs\stdout`,
      modules: ['AspNetCoreModuleV2'],
    })
  })

  it('is changed in the two attributes and nowhere else', () => {
    const line = SAMPLE.split('\r\n')[9]!
    const wanted = line
      .replace('stdoutLogEnabled="false"', 'stdoutLogEnabled="true"')
      .replace(String.raw`'.\logs\stdout'`, String.raw`'D:\l&apos;été &lt;1>\x'`)
    expect(patch(SAMPLE, { stdoutLogEnabled: true, stdoutLogFile: String.raw`D:\l'été <1>\x` })).toBe(
      SAMPLE.replace(line, wanted),
    )
  })

  it.each(Object.keys(ENCODINGS))('is written back in %s', (name) => {
    const encode = ENCODINGS[name]!
    const patched = patchWebConfig(encode(SAMPLE), { stdoutLogFile: 'ü' })
    expect(
      Buffer.from(patched).equals(Buffer.from(encode(SAMPLE.replace(String.raw`.\logs\stdout`, 'ü')))),
    ).toBe(true)
  })

  it('is written back in the code page it declares, other characters as references', () => {
    const declared = SAMPLE.replace('utf-8', 'windows-1252').replace('1 &amp;', 'é &amp;')
    const patched = patchWebConfig(Buffer.from(declared, 'latin1'), { stdoutLogFile: 'ü→' })
    expect(Buffer.from(patched).toString('latin1')).toBe(
      declared.replace(String.raw`.\logs\stdout`, 'ü&#8594;'),
    )
    expect(readWebConfig(patched).stdoutLogFile).toBe('ü→')
  })

  it.each([
    ['behind others', '<aspNetCore a="1" b="2"/>', '<aspNetCore a="1" b="2" stdoutLogEnabled="true"/>'],
    [
      'in their quotes',
      "<aspNetCore a='1'></aspNetCore>",
      "<aspNetCore a='1' stdoutLogEnabled='true'></aspNetCore>",
    ],
    [
      'on a line each',
      '<aspNetCore\n  a="1"\n  b="2" />',
      '<aspNetCore\n  a="1"\n  b="2"\n  stdoutLogEnabled="true" />',
    ],
    ['alone', '<aspNetCore />', '<aspNetCore stdoutLogEnabled="true" />'],
  ])('gets a missing attribute %s', (_, element, wanted) => {
    const around = (inner: string) =>
      `<configuration><system.webServer>${inner}</system.webServer></configuration>`
    expect(patch(around(element), { stdoutLogEnabled: true })).toBe(around(wanted))
  })

  it('comes back as it is when it is as wanted', () => {
    const bytes = Buffer.from(SAMPLE.replaceAll('"false"', '"FALSE"'))
    expect(patchWebConfig(bytes, { stdoutLogEnabled: false })).toBe(bytes)
  })

  it('patched twice is patched once, and reads back what was asked', () => {
    const allowed = fc.string({ unit: 'grapheme', maxLength: 40 })
    fc.assert(
      fc.property(allowed, fc.boolean(), (stdoutLogFile, stdoutLogEnabled) => {
        const once = patch(SAMPLE, { stdoutLogFile, stdoutLogEnabled })
        expect(patch(once, { stdoutLogFile, stdoutLogEnabled })).toBe(once)
        expect(readWebConfig(Buffer.from(once))).toMatchObject({
          stdoutLogFile,
          stdoutLogEnabled: `${stdoutLogEnabled}`,
        })
      }),
      { numRuns: 100 },
    )
  })

  it.each([
    ['an unclosed element', '<configuration>\n <a>\n</configuration>', 'xml.malformed 3:1'],
    ['an unclosed root', '<configuration>\n <a/>', 'xml.malformed 1:1'],
    ['an unclosed quotation mark', '<configuration>\n <a b="1/>\n</configuration>', 'xml.malformed 2:7'],
    ['no quotation marks', '<configuration>\n <a b=1/></configuration>', 'xml.malformed 2:7'],
    ['an attribute twice', '<configuration>\n <a b="1" b="2"/></configuration>', 'xml.malformed 2:11'],
    ['a bare &', '<configuration>\n <a b="x & y"/></configuration>', 'xml.malformed 2:10'],
    ['an unknown entity', '<configuration>\n <a b="x &nbsp; y"/></configuration>', 'xml.malformed 2:10'],
    ['< in a value', '<configuration>\n <a b="x < y"/></configuration>', 'xml.malformed 2:10'],
    ['a comment without end', '<configuration>\n <!-- </configuration>', 'xml.malformed 2:2'],
    ['a DOCTYPE', '<!DOCTYPE x [<!ENTITY y "z">]>\n<configuration/>', 'xml.malformed 1:1'],
    ['two roots', '<configuration/>\n<configuration/>', 'xml.malformed 2:1'],
    ['text behind the root', '<configuration/>\nx', 'xml.malformed 2:1'],
    ['a bare & in text', '<configuration>\n x & y</configuration>', 'xml.malformed 2:4'],
    ['nothing', '', 'xml.malformed 1:1'],
    ['a page', '<html>\n</html>', 'webconfig.not-a-config 1:1'],
    ['no module', '<configuration>\n</configuration>', 'webconfig.no-module 1:1'],
    [
      'a module for another address',
      '<configuration>\n<location path="api"><aspNetCore/></location></configuration>',
      'webconfig.no-module 2:22',
    ],
  ])('is refused with %s', (_, text, wanted) => {
    const { code, where } = problem(text)
    expect(`${code} ${where?.line}:${where?.column}`).toBe(wanted)
  })
})
