import { describe, expect, it } from 'vitest'
import { WEB_CONFIG } from '../../../../electron/practice/archive/hosting.ts'
import {
  MalformedWebConfig,
  readSiteWebConfig,
} from '../../../../electron/practice/windows/site/web-config.ts'
import { patchWebConfig } from '../../../../electron/service/web-config.ts'

const read = (text: string) => readSiteWebConfig(Buffer.from(text))

describe('the web.config of the simulated site', () => {
  it('is read as it comes out of the archive, and as the wizard leaves it', () => {
    const shipped = Buffer.from(WEB_CONFIG)
    expect(readSiteWebConfig(shipped).aspNetCore).toMatchObject({
      arguments: '.\\IdentityService.dll',
      stdoutLogEnabled: 'false',
      hostingModel: 'inprocess',
    })
    const edits = { stdoutLogEnabled: true, stdoutLogFile: '.\\logs\\a & b' }
    expect(readSiteWebConfig(patchWebConfig(shipped, edits)).aspNetCore).toMatchObject({
      stdoutLogEnabled: 'true',
      stdoutLogFile: '.\\logs\\a & b',
    })
  })

  it('gives variables and a redirection', () => {
    expect(
      read(`<configuration><system.webServer>
        <httpRedirect enabled='true' destination="https://a/&#x26;" />
        <aspNetCore><environmentVariables><environmentVariable name="A" value="&lt;1&gt;" /></environmentVariables></aspNetCore>
        <!-- <environmentVariable name="B" value="2" /> -->
      </system.webServer></configuration>`),
    ).toEqual({
      aspNetCore: {},
      environment: { A: '<1>' },
      httpRedirect: { enabled: 'true', destination: 'https://a/&' },
    })
  })

  it.each([
    '',
    '<configuration>',
    '<configuration></other>',
    '<other/>',
    '<configuration><a b="<"/></configuration>',
    '<configuration><a b=c/></configuration>',
    '<configuration/> and more',
  ])('is refused when it is no XML: %s', (text) => {
    expect(() => read(text)).toThrow(MalformedWebConfig)
  })
})
