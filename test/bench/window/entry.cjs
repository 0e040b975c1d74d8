// Starts a program in Electron and prints, as milliseconds of the epoch, when its first window was interactive: its
// first content painted and its heading focused, which is what every page does when it is mounted. Then it ends.
// It watches from outside: the program knows nothing of it.
//   electron entry.cjs ROOT MAIN
const { readFileSync } = require('node:fs')
const path = require('node:path')
const { app } = require('electron')

const [root, main] = process.argv.slice(-2).map((each) => path.resolve(each))
const { productName, version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'))
app.setAppPath(root)
app.setName(productName)
app.setVersion(version)

app.on('web-contents-created', (_event, contents) => {
  contents.once('did-navigate', () => void contents.executeJavaScript(`(${interactive})()`).then(report))
})
require(main)

/** Runs in the page. */
function interactive() {
  const painted = new Promise((resolve) => {
    const look = (list) => {
      const [paint] = list.getEntriesByName('first-contentful-paint')
      if (paint) resolve(performance.timeOrigin + paint.startTime)
    }
    new PerformanceObserver(look).observe({ type: 'paint', buffered: true })
  })
  const mounted = new Promise((resolve) => {
    const timer = setInterval(() => {
      if (document.activeElement?.tagName !== 'H1') return
      clearInterval(timer)
      resolve(performance.timeOrigin + performance.now())
    }, 1)
  })
  return Promise.all([painted, mounted])
}

function report([painted, mounted]) {
  process.stdout.write(`interactive ${Math.max(painted, mounted)}\n`, () => app.exit(0))
}
