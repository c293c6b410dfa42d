import { basename, resolve } from 'node:path';
import { Command, Option } from 'commander';
import { boundaryFields, readBoundaries } from '../../pipeline/exchange/read-boundaries.ts';
import { digestFile } from '../../pipeline/formats/file-digest.ts';
import type { GeometryRepair } from '../../pipeline/formats/vector-read.ts';
import { digestCache } from '../../pipeline/inputs/run-places.ts';
import { oneLine } from '../../pipeline/messages/one-line.ts';
import type { Language, Text } from '../../pipeline/messages/text.ts';
import { userError } from '../../pipeline/messages/user-error.ts';
import type { RegisteredBoundary } from '../../pipeline/supervision/boundary.ts';
import { changedJudgements, judgedAgain } from '../../pipeline/supervision/patch-batch.ts';
import type { SupervisionRegister } from '../../pipeline/supervision/register.ts';
import { reopenDecisions } from '../../pipeline/supervision/reopen-decisions.ts';
import { changesPage, reopenedPage } from '../batch-page.ts';
import { listRefused } from '../list-refused.ts';
import { workspaceOption } from '../runs-access.ts';
import { actorNow, dayArgument, fieldOption, nothingUsable, openRegister, today } from '../supervision-access.ts';

interface ImportOptions {
  readonly workspace: string;
  readonly knownFrom?: string;
  readonly layer?: string;
  readonly encoding?: string;
  readonly crs?: string;
  readonly kind?: '防治责任范围' | '示意性范围';
  readonly field?: Readonly<Record<string, string>>;
}

/** `shuibao boundaries import|list|history`: approved boundaries and their versions. */
export const boundariesCommand = (language: () => Language): Command => {
  const command = new Command('boundaries').description('已批准的防治责任范围 / approved boundaries');
  command
    .command('import')
    .description('导入范围，新内容成为新版本 / import; what is new becomes a version')
    .argument('<file>', 'Shapefile, GeoPackage, GeoJSON, KML')
    .addOption(workspaceOption())
    .addOption(new Option('--known-from <day>', '登记日期，默认今天 day it became known').argParser(dayArgument))
    .option('--layer <name>', '图层 layer')
    .option('--encoding <name>', '属性表编码 encoding of attributes')
    .option('--crs <crs>', '坐标系（文件未写明时）coordinate system')
    .addOption(
      new Option('--kind <kind>', '文件未写明的矢量化类型 kind of boundary where the file does not say').choices([
        '防治责任范围',
        '示意性范围',
      ]),
    )
    .addOption(fieldOption(boundaryFields))
    .action(async (file: string, options: ImportOptions) => importFile(file, options, language()));
  command
    .command('list')
    .description('列出各项目的最新版本 / latest version of each project')
    .addOption(workspaceOption())
    .action(async ({ workspace }: { workspace: string }) => {
      const latest = new Map((await openRegister(workspace).boundaries()).map((each) => [each.project, each]));
      for (const boundary of latest.values()) console.log(boundaryLine(boundary, language()));
      if (latest.size === 0) console.log(language() === 'zh' ? '还没有登记任何范围' : 'no boundary is registered yet');
    });
  command
    .command('history')
    .description('一个项目的全部版本 / all versions of a project')
    .argument('<project>', '项目编号 project number')
    .addOption(workspaceOption())
    .action(async (project: string, { workspace }: { workspace: string }) => {
      const versions = (await openRegister(workspace).boundaries()).filter((each) => each.project === project);
      for (const boundary of versions) console.log(boundaryLine(boundary, language()));
      if (versions.length === 0)
        throw userError(
          'project-unknown',
          project,
          { zh: '没有登记过这个项目', en: 'no boundary of this project is registered' },
          undefined,
          { zh: '编号见 shuibao boundaries list', en: 'shuibao boundaries list shows their numbers' },
        );
    });
  return command;
};

async function importFile(file: string, options: ImportOptions, language: Language): Promise<void> {
  const { workspace, layer, encoding, crs, kind, field } = options;
  const path = resolve(file);
  const read = await readBoundaries(path, basename(file), {
    ...(layer === undefined ? {} : { layer }),
    ...(encoding === undefined ? {} : { encoding }),
    ...(crs === undefined ? {} : { crs }),
    ...(kind === undefined ? {} : { kind }),
    ...(field === undefined ? {} : { names: field }),
  });
  const { rows, quarantine, repairs } = read;
  if (rows.length === 0) {
    await listRefused(file, workspace, read, language);
    throw nothingUsable(file, { zh: '没有可用的范围', en: 'holds no boundary that can be used' });
  }
  const register = openRegister(workspace);
  const knownFrom = options.knownFrom ?? today();
  const { sha256 } = await digestFile(path, { cacheDirectory: digestCache(workspace) });
  const { added, revised, unchanged } = await register.importBoundaries(
    { file, sha256, rows, quarantined: quarantine.length, knownFrom },
    actorNow(),
  );
  console.log(
    language === 'zh'
      ? `导入 ${rows.length} 个范围：新项目 ${added.length - revised}，新版本 ${revised}，未变 ${unchanged}；修复 ${repairs.length}，隔离 ${quarantine.length}`
      : `${rows.length} boundaries: ${added.length - revised} new projects, ${revised} revised, ${unchanged} unchanged; ${repairs.length} repaired, ${quarantine.length} refused`,
  );
  for (const { fid, problem, areaBefore, areaAfter } of repairs)
    console.log(`  #${fid} ${repairNames[problem][language]} ${areaBefore} → ${areaAfter}`);
  await listRefused(file, workspace, read, language);
  await listAffected(register, later(knownFrom, today()), language);
}

const repairNames: Readonly<Record<GeometryRepair['problem'], Text>> = {
  'no-geometry': { zh: '没有几何', en: 'no geometry' },
  invalid: { zh: '几何无效，已修复', en: 'invalid geometry, repaired' },
  unusable: { zh: '几何无法修复', en: 'geometry beyond repair' },
};

const later = (a: string, b: string): string => (a > b ? a : b);

/**
 * What the new knowledge changes: proposals are listed and stay as they are until `overlay`; decisions of people are
 * reopened and listed.
 */
async function listAffected(register: SupervisionRegister, knownOn: string, language: Language): Promise<void> {
  const boundaries = await register.boundaries();
  for (const batch of await register.batches()) {
    const changes = changedJudgements(batch, judgedAgain(batch, boundaries, { ...batch, knownOn }));
    if (changes.length > 0) console.log(`${batch.name}: ${changesPage(changes, language)}`);
  }
  const reopened = await reopenDecisions(register, knownOn, actorNow());
  if (reopened.length > 0) console.log(reopenedPage(reopened, language));
}

const dayNames = {
  approved: { zh: '批准', en: 'approved' },
  knownFrom: { zh: '登记', en: 'known from' },
  validTo: { zh: '至', en: 'valid to' },
  cancelled: { zh: '注销', en: 'cancelled' },
  accepted: { zh: '验收', en: 'accepted' },
} as const satisfies Partial<Record<keyof RegisteredBoundary, Text>>;

function boundaryLine(boundary: RegisteredBoundary, language: Language): string {
  const day = (name: keyof typeof dayNames): string[] =>
    boundary[name] === null ? [] : [`${dayNames[name][language]} ${boundary[name]}`];
  const { project, version, kind, name, areaSquareMetres } = boundary;
  const parts = [
    `${project}@${version}`,
    kind,
    ...day('approved'),
    ...day('knownFrom'),
    `${(areaSquareMetres / 10_000).toFixed(2)} hm²`,
    name,
    ...day('validTo'),
    ...day('cancelled'),
    ...day('accepted'),
  ];
  return parts.map(oneLine).join('  ');
}
