// The rooms of the program and what each may import. Checked by `npm run check`.

/** Rooms about one subject each: they get the outside world as an argument. */
const domain = ['service', 'certificate', 'database', 'client', 'iis', 'docker', 'oidc', 'creatio']
const base = ['machine', 'secrets', 'text']

/** Room → rooms it may use, besides itself and `contract/problem.ts`, which every room may use. */
const rooms = {
  contract: [],
  secrets: ['contract'],
  machine: [],
  text: [],
  diagnosis: ['contract'],
  setup: ['machine', 'secrets', 'contract/(plan|run|check)'],
  report: ['secrets', 'contract'],
  ...Object.fromEntries(domain.map((room) => [room, base])),
  // What its answers and its look are called stands in the contract.
  certificate: [...base, 'contract/certificate'],
  database: [...base, 'contract/(database|check)'],
  client: [...base, 'contract/client'],
  // Creatio's own file holds connection strings: they are read as everywhere else.
  creatio: [...base, 'database/connection', 'contract/database'],
  service: [...base, 'contract/database'],
  // Windows' own tools, one function a question; what IIS is made of stands on them.
  windows: base,
  iis: [...base, 'windows'],
  practice: [...domain, ...base, 'windows'],
  steps: [...domain, ...base, 'windows', 'setup', 'diagnosis', 'contract'],
  checks: [...domain, ...base, 'windows', 'setup', 'diagnosis', 'contract'],
  // A scenario says which steps there are, and reads the facts they start from by the domain rooms.
  scenarios: [...domain, ...base, 'windows', 'steps', 'checks', 'setup', 'contract'],
}

const ours = '^(electron|renderer|test|build)/'
const problem = '^electron/contract/problem\\.ts$'
const place = (room) => `^electron/${room}(/|\\.ts$)`

function mayUseOnly([room, allowed]) {
  return {
    name: `room-${room}`,
    severity: 'error',
    comment: `electron/${room} may import only: ${['itself', 'contract/problem', ...allowed].join(', ')}.`,
    from: { path: place(room) },
    to: { path: ours, pathNot: [problem, place(room), ...allowed.map(place)] },
  }
}

module.exports = {
  forbidden: [
    ...Object.entries(rooms).map(mayUseOnly),
    {
      name: 'room-unknown',
      severity: 'error',
      comment: 'Every folder of electron/ is a room with a rule of its own, or a door.',
      from: { path: '^electron/', pathNot: [...Object.keys(rooms), 'hosts'].map(place) },
      to: {},
    },
    {
      name: 'doors-are-entered-from-outside',
      severity: 'error',
      comment: 'Nothing in the program imports a door.',
      from: { path: '^electron/', pathNot: '^electron/hosts/' },
      to: { path: '^electron/hosts/' },
    },
    {
      name: 'electron-at-its-doors',
      severity: 'error',
      comment: 'Only the window, its preload script and the elevated worker know Electron.',
      from: {
        path: '^(electron|renderer|build)/',
        pathNot: '^electron/hosts/(desktop|preload|worker)(/|\\.ts$)',
      },
      to: { path: '(^|/)node_modules/electron/|^electron$' },
    },
    {
      name: 'page-knows-contract-types',
      severity: 'error',
      comment: 'The pages import the contract, and nothing else of the back end.',
      from: { path: '^renderer/' },
      to: { path: '^(electron|test|build)/', pathNot: '^electron/contract/' },
    },
    {
      name: 'page-knows-types-only',
      severity: 'error',
      comment: 'The pages import the contract with `import type`: no validator in the page.',
      from: { path: '^renderer/' },
      to: { path: '^electron/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'back-end-without-page',
      severity: 'error',
      comment: 'The program does not import its pages.',
      from: { path: '^electron/' },
      to: { path: '^renderer/' },
    },
    {
      name: 'product-without-tests',
      severity: 'error',
      comment: 'The product never imports tests or their doubles.',
      from: { path: '^(electron|renderer)/' },
      to: { path: '^(test|build)/' },
    },
    {
      name: 'product-without-development-packages',
      severity: 'error',
      comment: 'What the back end imports has to be a dependency of the product.',
      from: { path: '^electron/', pathNot: '^electron/hosts/(desktop|preload|worker)(/|\\.ts$)' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'no-cycle',
      severity: 'error',
      comment: 'Two files that need each other to load are one, or there is a third to be found.',
      from: {},
      // A type that is named both ways, and a page that is loaded later, do not hold each other up.
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only', 'dynamic-import'] } },
    },
    {
      name: 'no-dead-end',
      severity: 'error',
      comment: 'An import that leads nowhere.',
      from: { path: '^(electron|renderer|build)/' },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(out|dist|gallery|test/fixtures)/|/(bin|obj)/' },
    // Types count: a room that knows another's types knows the room.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
}
