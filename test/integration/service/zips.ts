import { crc32, deflateRawSync } from 'node:zlib'

/** One entry of a hand-made archive; each claim of its headers can be a lie. */
export interface RawEntry {
  readonly name: string
  readonly content?: Uint8Array | string
  /** Compression method in the headers; the content is deflated for 8 only. */
  readonly method?: number
  readonly flags?: number
  readonly attributes?: number
  readonly claimedSize?: number
  readonly claimedCrc?: number
}

/** A zip archive made byte by byte, for what no honest packer would write. Format: PKWARE APPNOTE 6.3. */
export function rawZip(entries: readonly RawEntry[]): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const entry of entries) {
    const content = Buffer.from(entry.content ?? '')
    const method = entry.method ?? 8
    const packed = method === 8 ? deflateRawSync(content) : content
    const name = Buffer.from(entry.name)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE((entry.flags ?? 0) | 0x800, 2)
    common.writeUInt16LE(method, 4)
    common.writeUInt32LE(entry.claimedCrc ?? crc32(content), 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(entry.claimedSize ?? content.length, 18)
    common.writeUInt16LE(name.length, 22)
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), common, name, packed])
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE((entry.attributes ?? 0) >>> 0, 6)
    tail.writeUInt32LE(offset, 10)
    directory.push(Buffer.concat([Buffer.from('PK\u0001\u0002\u0014\u0003'), common, tail, name]))
    parts.push(local)
    offset += local.length
  }
  const central = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\u0005\u0006')
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(central.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...parts, central, end])
}

/** The two files by which the service is known, and what a build has beside them. */
export const SERVICE: readonly RawEntry[] = [
  { name: 'IdentityService.dll', content: 'MZ not a real library' },
  { name: 'appsettings.json', content: '{"DbProvider": "Postgres", "Clients": "[]"}' },
  { name: 'web.config', content: '<configuration/>' },
  { name: 'Dockerfile-OAuth', content: 'FROM mcr.microsoft.com/dotnet/aspnet:8.0\n' },
  {
    name: 'IdentityService.runtimeconfig.json',
    content: JSON.stringify({
      runtimeOptions: {
        tfm: 'net8.0',
        frameworks: [
          { name: 'Microsoft.NETCore.App', version: '8.0.0' },
          { name: 'Microsoft.AspNetCore.App', version: '8.0.10' },
        ],
      },
    }),
  },
  {
    name: 'IdentityService.deps.json',
    content: JSON.stringify({
      libraries: {
        'Npgsql/8.0.3': {},
        'Microsoft.Data.SqlClient/5.1.5': {},
        'Microsoft.EntityFrameworkCore/8.0.1': {},
      },
    }),
  },
  { name: 'Data/Migrations/20240101000000_Initial.sql', content: 'select 1' },
  { name: 'pfx/win/generate_pfx.ps1', content: 'param()' },
  { name: 'pfx/linux/generate_pfx.sh', content: '#!/bin/sh\r\n' },
]
