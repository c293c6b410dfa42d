import { basename, resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { patchFields, readPatches } from '../../pipeline/exchange/read-patches.ts';
import { writePatches } from '../../pipeline/exchange/write-patches.ts';
import type { Language } from '../../pipeline/messages/text.ts';
import { overlaySystem } from '../../pipeline/supervision/overlay-system.ts';
import { batchOf, patchMissing, patchOf } from '../../pipeline/supervision/patch-batch.ts';
import { batchSummary, patchTable, projectLines } from '../batch-page.ts';
import { decisionLines } from '../decision-lines.ts';
import { keepNewBatch, keptBatchLines } from '../keep-batch.ts';
import { listRefused } from '../list-refused.ts';
import { patchPage } from '../patch-page.ts';
import { workspaceOption } from '../runs-access.ts';
import {
  chosenBatch,
  dayArgument,
  fieldOption,
  keyAreaFieldOption,
  keyAreasOption,
  knownOnOption,
  nothingUsable,
  openRegister,
  rulesFor,
  rulesOption,
  type SurroundingChoice,
  surrounded,
  today,
  waterOption,
} from '../supervision-access.ts';
import { decideCommand } from './decide.ts';

interface ImportOptions extends SurroundingChoice {
  readonly previousImageDate?: string;
  readonly workspace: string;
  readonly batch: string;
  readonly issuer: string;
  readonly imageDate?: string;
  readonly knownOn?: string;
  readonly rules?: string;
  readonly layer?: string;
  readonly encoding?: string;
  readonly crs?: string;
  readonly field?: Readonly<Record<string, string>>;
}

interface BatchOption {
  readonly workspace: string;
  readonly batch?: string;
}

interface ListOptions extends BatchOption {
  readonly projects?: boolean;
  readonly open?: boolean;
  readonly all?: boolean;
}

const batchOption = () =>
  new Option('--batch <name>', '批次，如 2024-09；默认最近一批 batch such as 2024-09, the latest by default');

/** `shuibao patches import|list|show|decide|export`: suspected disturbances. */
export const patchesCommand = (language: () => Language): Command => {
  const command = new Command('patches').description('疑似扰动图斑 / suspected disturbance patches');
  command
    .command('import')
    .description('导入下发的图斑并判定 / import issued patches and judge them')
    .argument('<file>', 'Shapefile, GeoPackage, GeoJSON, KML')
    .addOption(workspaceOption())
    .requiredOption('--batch <name>', '批次（如 2024-09）batch, such as 2024-09')
    .addOption(
      new Option('--issuer <level>', '下发级别 issuing level').choices(['部', '省', '市', '县']).makeOptionMandatory(),
    )
    .addOption(new Option('--image-date <day>', '文件未写明的影像日期 day of the imagery').argParser(dayArgument))
    .addOption(knownOnOption())
    .addOption(rulesOption())
    .addOption(keyAreasOption())
    .addOption(keyAreaFieldOption())
    .addOption(waterOption())
    .addOption(
      new Option('--previous-image-date <day>', '上期影像日期：新增图斑此后才扰动 day of the imagery before').argParser(
        dayArgument,
      ),
    )
    .option('--layer <name>', '图层 layer')
    .option('--encoding <name>', '属性表编码 encoding of attributes')
    .option('--crs <crs>', '坐标系（文件未写明时）coordinate system')
    .addOption(fieldOption(patchFields))
    .action(async (file: string, options: ImportOptions) => importFile(file, options, language()));
  command
    .command('list')
    .description('按优先次序列出 / list in order of urgency')
    .addOption(workspaceOption())
    .addOption(batchOption())
    .option('--projects', '列出各项目的风险等级 risk tiers of projects instead')
    .option('--open', '只列未认定的 only those that are not decided')
    .option('--all', '连同已认定地块上的 those on decided ground too')
    .action(async (options: ListOptions) => listPatches(options, language()));
  command
    .command('show')
    .description('一个图斑的全部情况与规则卡 / everything about a patch, with its rule card')
    .argument('<number>', '图斑编号 patch number')
    .addOption(workspaceOption())
    .addOption(batchOption())
    .action(async (number: string, { workspace, batch }: BatchOption) => {
      const register = openRegister(workspace);
      const chosen = chosenBatch(await register.batches(), batch);
      const patch = patchOf(chosen, number);
      if (!patch) throw patchMissing(number, chosen.name);
      const { decisions } = (await register.decisions()).of(patch.number);
      console.log([patchPage(patch, chosen, language()), ...decisionLines(decisions, language())].join('\n'));
    });
  command.addCommand(decideCommand(language));
  command
    .command('export')
    .description('按官方字段导出 / export with the official fields')
    .argument('<file>', '.geojson, .shp, .gpkg')
    .addOption(workspaceOption())
    .addOption(batchOption())
    .option(
      '--simplify <percent>',
      '简化轮廓，面积变化上限（%）simplified outlines, bound of area change',
      percentArgument,
      0,
    )
    .action(async (file: string, { workspace, batch, simplify }: BatchOption & { simplify: number }) => {
      const register = openRegister(workspace);
      const chosen = chosenBatch(await register.batches(), batch);
      const decisions = await register.decisions();
      writePatches(resolve(file), chosen.patches, { simplifyShare: simplify / 100, decisions });
      console.log(resolve(file));
    });
  return command;
};

async function listPatches({ workspace, batch, projects, open, all }: ListOptions, language: Language): Promise<void> {
  const register = openRegister(workspace);
  const chosen = chosenBatch(await register.batches(), batch);
  console.log(batchSummary(chosen, language));
  if (projects) return projectLines(chosen, language).forEach((line) => void console.log(line));
  const history = await register.decisions();
  const listed = chosen.patches.filter((patch) => {
    const { current } = history.of(patch.number);
    const isDecided = current?.batch === chosen.name && current.unlawful !== null;
    const isLinked = patch.decided !== null && !patch.decided.isRaised;
    return !(isDecided && open) && (!isLinked || all);
  });
  if (listed.length > 0)
    console.log(patchTable(listed, ({ number }) => history.of(number).current?.decision, language));
}

function percentArgument(text: string): number {
  const percent = Number(text);
  if (percent >= 0 && percent <= 50) return percent;
  throw new InvalidArgumentError('应为 0 到 50 / expected 0 to 50');
}

async function importFile(file: string, options: ImportOptions, language: Language): Promise<void> {
  batchOf(options.batch);
  const { workspace, issuer, imageDate, previousImageDate, layer, encoding, crs, field } = options;
  const read = await readPatches(resolve(file), {
    issuer,
    ...(imageDate === undefined ? {} : { imageDate }),
    ...(previousImageDate === undefined ? {} : { previousImageDate }),
    ...(layer === undefined ? {} : { layer }),
    ...(encoding === undefined ? {} : { encoding }),
    ...(crs === undefined ? {} : { crs }),
    ...(field === undefined ? {} : { names: field }),
  });
  const { drafts: found, quarantine, repairs } = read;
  console.log(
    language === 'zh'
      ? `读入 ${found.length} 个图斑，修复 ${repairs.length}，隔离 ${quarantine.length}`
      : `${found.length} patches read, ${repairs.length} repaired, ${quarantine.length} refused`,
  );
  await listRefused(file, workspace, read, language);
  if (found.length === 0) throw nothingUsable(file, { zh: '没有可用的图斑', en: 'holds no patch that can be used' });
  const knownOn = options.knownOn ?? today();
  const system = overlaySystem(found);
  const { drafts, layers } = await surrounded(found, options, system, workspace);
  const kept = await keepNewBatch(openRegister(workspace), options.batch, drafts, `import ${basename(file)}`, {
    crs: system,
    layers,
    detectedPositionMetres: 0,
    rules: await rulesFor(options.rules, knownOn),
    knownOn,
  });
  console.log(keptBatchLines(kept, language));
}
