#!/usr/bin/env node
/**
 * Makes `gdal-async` loadable on this machine, trying the cheapest way first:
 *   1. it loads already; 2. a binary cached by an earlier run; 3. the published prebuilt binary;
 *   4. a build against the system's GDAL (installing that GDAL through apt when allowed to).
 * Prints the exact command to run when it lacks the rights.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const packageDirectory = join(root, 'node_modules', 'gdal-async');
const version = JSON.parse(readFileSync(join(packageDirectory, 'package.json'), 'utf8')).version;
const aptPackages = ['libgdal-dev', 'g++', 'make', 'python3'];

const loads = () =>
  spawnSync(process.execPath, ['-e', "require('gdal-async')"], { cwd: root, stdio: 'ignore' }).status === 0;
const has = (command, argument = '--version') => spawnSync(command, [argument], { stdio: 'ignore' }).status === 0;
const gdalConfigVersion = () => {
  const result = spawnSync('gdal-config', ['--version'], { encoding: 'utf8' });
  return result.status === 0 ? result.stdout.trim() : undefined;
};

/** Directory of the cached binary; a build against another GDAL or Node ABI never matches. */
const cacheDirectory = () => {
  const base = process.env.SHUIBAO_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'shuibao');
  const abi = process.versions.modules;
  return join(
    base,
    `gdal-async-${version}-abi${abi}-${process.platform}-${process.arch}-gdal${gdalConfigVersion() ?? 'none'}`,
  );
};

const builtBinary = () => {
  const binding = join(packageDirectory, 'lib', 'binding');
  if (!existsSync(binding)) return undefined;
  for (const entry of readdirSync(binding)) {
    const candidate = join(binding, entry, 'gdal.node');
    if (existsSync(candidate)) return { candidate, entry };
  }
  return undefined;
};

const restoreFromCache = () => {
  const directory = cacheDirectory();
  if (!existsSync(directory)) return false;
  for (const entry of readdirSync(directory)) {
    const target = join(packageDirectory, 'lib', 'binding', entry);
    mkdirSync(target, { recursive: true });
    copyFileSync(join(directory, entry, 'gdal.node'), join(target, 'gdal.node'));
  }
  return loads();
};

const saveToCache = () => {
  const built = builtBinary();
  if (!built) return;
  const target = join(cacheDirectory(), built.entry);
  mkdirSync(target, { recursive: true });
  const temporary = join(target, `gdal.node.${process.pid}`);
  copyFileSync(built.candidate, temporary);
  renameSync(temporary, join(target, 'gdal.node'));
};

const nodePreGyp = () => {
  const require = createRequire(join(packageDirectory, 'package.json'));
  return require.resolve('@mapbox/node-pre-gyp/bin/node-pre-gyp');
};

const tryPrebuilt = () => {
  console.log('gdal-async: looking for the published binary …');
  const result = spawnSync(process.execPath, [nodePreGyp(), 'install'], {
    cwd: packageDirectory,
    stdio: 'ignore',
    timeout: 180_000,
  });
  return result.status === 0 && loads();
};

const installSystemGdal = () => {
  if (gdalConfigVersion() && has('g++') && has('make')) return true;
  if (process.platform === 'linux' && has('apt-get')) {
    const install = ['install', '-y', '--no-install-recommends', ...aptPackages];
    if (process.getuid?.() !== 0) {
      console.error(`Shuibao needs the system's GDAL. Run:  sudo apt-get update && sudo apt-get ${install.join(' ')}`);
      return false;
    }
    console.log(`gdal-async: installing ${aptPackages.join(' ')} through apt …`);
    const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    spawnSync('apt-get', ['update', '-qq'], { stdio: 'inherit', env: environment });
    return spawnSync('apt-get', [...install, '-qq'], { stdio: 'inherit', env: environment }).status === 0;
  }
  if (process.platform === 'darwin') console.error("Shuibao needs the system's GDAL. Run:  brew install gdal");
  else console.error("Shuibao needs the system's GDAL with its headers (gdal-config), g++, make and python3.");
  return false;
};

const build = () => {
  console.log(`gdal-async: building against the system's GDAL ${gdalConfigVersion()} (a few minutes, once) …`);
  const nodePrefix = resolve(dirname(process.execPath), '..');
  const argumentsList = [nodePreGyp(), 'install', '--build-from-source', '-j', 'max'];
  if (existsSync(join(nodePrefix, 'include', 'node', 'node.h'))) argumentsList.push(`--nodedir=${nodePrefix}`);
  const result = spawnSync(process.execPath, argumentsList, {
    cwd: packageDirectory,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { ...process.env, npm_config_build_from_source: 'true', npm_config_shared_gdal: 'true' },
  });
  if (result.status !== 0) {
    console.error(result.stderr?.split('\n').slice(-30).join('\n'));
    return false;
  }
  return loads();
};

if (!loads() && !restoreFromCache() && !tryPrebuilt()) {
  if (!installSystemGdal()) process.exit(1);
  // A GDAL that apt just brought may match a cached build.
  if (!restoreFromCache() && !build()) {
    console.error('gdal-async could not be built; the lines above say why.');
    process.exit(1);
  }
  saveToCache();
}
const gdalVersion = execFileSync(process.execPath, ['-p', "require('gdal-async').version"], {
  cwd: root,
  encoding: 'utf8',
});
console.log(`gdal-async ${version} with GDAL ${gdalVersion.trim()}`);
