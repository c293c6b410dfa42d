import { spawnSync } from 'node:child_process';
import { cpus, loadavg, totalmem } from 'node:os';
import { gdalVersion } from '../../pipeline/formats/gdal.ts';

const firstLine = (command: string, ...args: string[]): string | undefined => {
  const { status, stdout } = spawnSync(command, args, { encoding: 'utf8' });
  return status === 0 ? stdout.trim().split('\n')[0] : undefined;
};

/** The commit that was built, with a mark where files have changed since. */
function commit(): string {
  const hash = firstLine('git', 'rev-parse', '--short', 'HEAD');
  if (hash === undefined) return 'no commit';
  return firstLine('git', 'status', '--porcelain', '--untracked-files=no') ? `${hash} with changes` : hash;
}

/** Programs that results are held against, as far as they are installed. */
function peers(): string[] {
  const found: Readonly<Record<string, string | undefined>> = {
    GRASS: firstLine('grass', '--config', 'version'),
    SAGA: /\d[\d.]*/.exec(firstLine('saga_cmd', '--version') ?? '')?.[0],
    numpy: firstLine('python3', '-c', 'import numpy; print(numpy.__version__)'),
    'GDAL for Python': firstLine('python3', '-c', 'from osgeo import gdal; print(gdal.VersionInfo("RELEASE_NAME"))'),
    Redis: /v=([\d.]+)/.exec(firstLine('redis-server', '--version') ?? '')?.[1],
  };
  return Object.entries(found).flatMap(([name, version]) => (version ? [`${name} ${version}`] : []));
}

/** One line: commit, versions and machine. */
export function machineLine(): string {
  const processors = `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown processor'}`;
  const own = [`commit ${commit()}`, `Node ${process.versions.node}`, `GDAL ${gdalVersion}`, ...peers()];
  const memory = `${Math.round(totalmem() / 2 ** 30)} GB`;
  return `${[...own, processors, memory].join(', ')}; load ${loadavg()[0]!.toFixed(1)} at the start`;
}
