import { randomBytes } from 'node:crypto'
import { page, type PageAnswer } from '../pages.ts'

/** A small page that says why the wizard does not open here, and what to do. Both texts are the program's own. */
export function notice(status: number, what: string, next: string): PageAnswer {
  const nonce = randomBytes(16).toString('base64')
  const html = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Identity Service Setup</title>
<style nonce="${nonce}">
:root { color-scheme: light dark }
body { font: 14px/20px "Segoe UI", system-ui, sans-serif; max-width: 40em; margin: 15vh auto; padding: 0 24px }
h1 { font-size: 24px; line-height: 32px; font-weight: 600 }
</style></head>
<body><main><h1>${what}</h1><p>${next}</p></main></body>
</html>
`
  return page(status, 'text/html; charset=utf-8', html, nonce)
}
