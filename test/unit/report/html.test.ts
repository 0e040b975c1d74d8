import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { html, Html, visible } from '../../../electron/report/html.ts'

describe('html', () => {
  it('escapes what is put in, wherever it is put', () => {
    const evil = `<script>alert('1')</script> & "x"`
    expect(html`<p title="${evil}">${evil}</p>`.text).toBe(
      '<p title="&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; &quot;x&quot;">&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; &quot;x&quot;</p>',
    )
  })

  it('does not escape twice, and lets markup of its own be', () => {
    expect(html`<b>${html`<i>${'&amp;'}</i>`}</b>${new Html('<br />')}`.text).toBe(
      '<b><i>&amp;amp;</i></b><br />',
    )
  })

  it('puts in lists and numbers, and nothing for what is missing', () => {
    expect(html`[${[html`<i>${1}</i>`, ['<', undefined]]}${undefined}${false}${0}]`.text).toBe(
      '[<i>1</i>&lt;0]',
    )
  })

  it('lets no text become markup', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const { text: page } = html`<p>${text}</p>`
        expect(page.slice(3, -4)).not.toMatch(/[<>"']/)
        expect(page.slice(3, -4)).not.toMatch(/&(?!amp;|lt;|gt;|quot;|#39;)/)
      }),
    ))
})

describe('visible', () => {
  it.each([
    ['\u001b[31mred', '⟨U+001B⟩[31mred'],
    ['a\u0000b\u007f', 'a⟨U+0000⟩b⟨U+007F⟩'],
    ['invoice\u202Egnp.exe', 'invoice⟨U+202E⟩gnp.exe'],
    ['\u2066a\u2069\u200f', '⟨U+2066⟩a⟨U+2069⟩⟨U+200F⟩'],
    ['\u009b0m', '⟨U+009B⟩0m'],
    ['done\rhidden', 'done⟨U+000D⟩hidden'],
  ])('shows %j as what it is', (text, shown) => expect(visible(text)).toBe(shown))

  it('leaves words of all languages, tabs and line ends as they are', () => {
    const text = 'Straße\tשלום\nДобрый день, 你好 👩‍💻 ﷽'
    expect(visible(text)).toBe(text)
  })

  it('takes the line ends of Windows for line ends', () => {
    expect(visible('one\r\ntwo\r\n')).toBe('one\ntwo\n')
  })
})
