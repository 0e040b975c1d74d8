import { describe, expect, it } from 'vitest'
import { postgresSettings } from '../../../electron/database/postgres/settings.ts'
import { Secret } from '../../../electron/secrets/secret.ts'

function settings(more: string) {
  return postgresSettings(new Secret(`Host=h;Database=d;Username=u;Password=p;${more}`))
}

describe('what the connection test does with a connection string for PostgreSQL', () => {
  it.each([
    // The service is given the driver’s own words for these: the test has to go by them, too.
    ['SSL Mode=verify-full', { sslMode: 'VerifyFull' }],
    ['ssl_mode=require', { sslMode: 'Require' }],
    ['SSL Mode= Require ', { sslMode: 'Require' }],
    ['SSL Mode="Require "', { sslMode: 'Require' }],
    ['SSL Mode=Disable;SslMode=', { sslMode: 'Prefer' }],
    ['SSL Mode=Disable;sslmode=VerifyCA', { sslMode: 'VerifyCA' }],
    ['sslrootcert=/ca.pem', { rootCertificate: '/ca.pem' }],
    ['currentSchema=own', { searchPath: 'own' }],
    ['schema=own', { searchPath: 'own' }],
    ['Search_Path=own', { searchPath: 'own' }],
    ['Trust Server Certificate=yes', { trustServerCertificate: true }],
    ['TrustServerCertificate= true ', { trustServerCertificate: true }],
    ['Timezone=Europe/Nicosia', { timeZone: 'Europe/Nicosia' }],
    ['ClientEncoding=LATIN1', { clientEncoding: 'LATIN1' }],
    ['Channel Binding=require', { channelBinding: 'Require' }],
    ['Timeout=500', { timeout: 500 }],
    ['Timeout=0', { timeout: 0 }],
    ['', { timeout: 15, channelBinding: 'Prefer', sslMode: 'Prefer', directTls: false }],
    ['SSL Mode=Require;SslNegotiation=direct', { directTls: true }],
    ['Require Auth=ScramSHA256', { requireAuth: 'ScramSHA256' }],
    ['Passfile=/x', { passfile: true }],
    ['Check Certificate Revocation=true', { checkRevocation: true }],
  ])('goes by %s', (more, expected) => {
    expect(settings(more)).toMatchObject(expected)
  })
})
