/**
 * `npm run build:lib`: the engine and the stage as an npm package in dist-lib/, a module a file with its types, so that
 * the bundler of whoever uses it takes what is used. Nothing is bundled in: onnxruntime-web and the tokenizer come from npm.
 */
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fail, root, run, SetupError } from './setup.mjs';

const out = join(root, 'dist-lib');
const PEERS = ['konva', 'react', 'react-dom'];

try {
  rmSync(out, { recursive: true, force: true });
  await run('npx', ['--no-install', 'tsc', '-p', 'tsconfig.lib.json']);
  pointToBuiltWorker(join(out, 'src', 'index.js'));
  writeFileSync(join(out, 'stage.css'), withImports(join(root, 'src', 'ui', 'embed', 'embed.css')));
  writeFileSync(join(out, 'package.json'), `${JSON.stringify(manifest(), null, 2)}\n`);
  copyFileSync(join(root, 'docs', 'LIBRARY.md'), join(out, 'README.md'));
  copyFileSync(join(root, 'LICENSE'), join(out, 'LICENSE'));
  console.log('The package is in dist-lib/. `npm pack ./dist-lib` makes a tarball of it.');
} catch (error) {
  fail(error);
}

/** The compiler rewrites what is imported, not what is an address. */
function pointToBuiltWorker(file) {
  const source = readFileSync(file, 'utf8');
  const built = source.replace('../workers/inference.ts', '../workers/inference.js');
  if (built === source)
    throw new SetupError('src/index.ts names no workers/inference.ts any more: mend scripts/build-lib.mjs.');
  writeFileSync(file, built);
}

/** A style sheet with what it imports in place of the imports. */
function withImports(file) {
  return readFileSync(file, 'utf8').replace(/@import "(.+)";\n/g, (_, path) => withImports(join(dirname(file), path)));
}

function manifest() {
  const { name, version, description, license, dependencies } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  );
  const pick = (names) => Object.fromEntries(names.map((each) => [each, dependencies[each]]));
  // Whatever of the same major version the page has.
  const peers = Object.fromEntries(PEERS.map((each) => [each, `^${dependencies[each].split('.')[0]}`]));
  const entry = (module) => ({ types: `./src/${module}.d.ts`, default: `./src/${module}.js` });
  return {
    name,
    version,
    description,
    license,
    type: 'module',
    exports: { '.': entry('index'), './react': entry('react'), './stage.css': './stage.css' },
    sideEffects: ['./workers/*.js', './src/runtime/*.js', '*.css'],
    dependencies: pick(['@huggingface/tokenizers', 'onnxruntime-web']),
    peerDependencies: peers,
    // Only the stage needs them.
    peerDependenciesMeta: Object.fromEntries(PEERS.map((each) => [each, { optional: true }])),
  };
}
