import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import { Path } from '../../../renderer/components/path.tsx'

it.each([
  ['C:\\Users\\a.martin\\logs', 'C:\\Users\\|a.martin\\|logs'],
  ['\\\\server\\share\\file.pfx', '\\\\server\\|share\\|file.pfx'],
  ['/srv/identity/appsettings.json', '/srv/|identity/|appsettings.json'],
  ['https://app01.example:8091/id', 'https://app01.example:8091/|id'],
  ['openssl.pfx', 'openssl.pfx'],
])('%s may go on in the next line after a folder, and not at its beginning', (text, places) => {
  const markup = renderToStaticMarkup(createElement(Path, { text }))
  expect(markup.replaceAll('<wbr/>', '|')).toBe(`<span class="mono">${places}</span>`)
})
