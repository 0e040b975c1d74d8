import { expect, it } from 'vitest'
import { listeningOn } from '../../../electron/service/listening.ts'

const http = (port: number) => ({ scheme: 'http', port })
const https = (port: number) => ({ scheme: 'https', port })

it.each([
  [{}, []],
  [
    { ASPNETCORE_URLS: 'http://+:80;https://*:8443/path; HTTP://[::]:8080 ;http://localhost' },
    [http(80), https(8443), http(8080), http(80)],
  ],
  [{ ASPNETCORE_URLS: 'https://+' }, [https(443)]],
  [{ aspnetcore_urls: 'http://+:81', ASPNETCORE_HTTP_PORTS: '8080' }, [http(81)]],
  [
    { ASPNETCORE_URLS: ' ', ASPNETCORE_HTTP_PORTS: '8080;8081', ASPNETCORE_HTTPS_PORTS: '8443' },
    [http(8080), http(8081), https(8443)],
  ],
  [{ URLS: 'http://+:1', ASPNETCORE_URLS: 'http://+:2' }, [http(1)]],
  [{ ASPNETCORE_URLS: 'net.pipe://x;tcp:80' }, []],
  [{ ASPNETCORE_HTTP_PORTS: 'x' }, []],
])('%j', (environment, expected) => {
  expect(listeningOn(environment as Record<string, string>)).toEqual(expected)
})
