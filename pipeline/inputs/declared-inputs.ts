import { engineeringMeasures } from '../../models/parameters/engineering-measures.ts';
import { landUseClasses } from '../../models/parameters/land-use-classes.ts';
import { rotationZones, tillageMeasures } from '../../models/parameters/tillage-measures.ts';
import { landUseCrosswalk } from '../plan/land-use-crosswalk.ts';
import type { CheckContext, DeclaredInput, DeclaredOptions } from './declared-input.ts';
import { type LayerId, layerIds } from './layer-spec.ts';
import type { LoadedRun } from './run-file.ts';
import type { CodesInput, RasterInput, RunFile } from './run-file-schema.ts';
import { loadedScenario, scenarioInputs } from './scenarios.ts';
import { usedYears } from './settings/rain-years.ts';

type Loose = { readonly [Key in keyof DeclaredOptions]: DeclaredOptions[Key] | undefined };

/** Every file of a run file and its scenarios with what the run file says about it, and what the checks need to know of the run. */
export function declaredInputs(loaded: LoadedRun): { inputs: DeclaredInput[]; context: CheckContext } {
  const inputs: DeclaredInput[] = [];
  const add = (layer: LayerId, file: string, options: Partial<Loose> = {}): void => {
    const stated = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
    inputs.push({ layer, file: loaded.resolve(file), displayName: file, options: stated as DeclaredOptions });
  };
  const raster = (layer: LayerId, input: RasterInput | undefined, options: Partial<Loose> = {}): void => {
    if (input) add(layer, input.file, { bands: [input.band], crs: input.crs, nodata: input.nodata, ...options });
  };
  const { run } = loaded;
  const { elevation, landUse, vegetationCover, understoreyCover } = run.inputs;
  raster('elevation', elevation, { unit: elevation.unit });
  raster('landUse', landUse);
  addRain(run, add);
  addSoil(run, raster);
  if (vegetationCover)
    add('vegetationCover', vegetationCover.file, {
      crs: vegetationCover.crs,
      nodata: vegetationCover.nodata,
      unit: vegetationCover.content,
      scale: vegetationCover.scale,
    });
  raster('understoreyCover', understoreyCover, { unit: understoreyCover?.content });
  const coded = (layer: LayerId, input: CodesInput | undefined, codes: readonly string[]): void => {
    if (input?.kind === 'raster') raster(layer, input, { codes });
    else if (input) {
      const { file, layer: layerName, field: codeField, encoding } = input;
      add(layer, file, { layerName, codeField, encoding, codes });
    }
  };
  const { engineeringPractice, tillagePractice } = run.parameters;
  coded('engineeringMeasures', run.inputs.engineeringMeasures, [
    ...engineeringMeasures.map(({ code }) => code),
    ...Object.keys(engineeringPractice),
  ]);
  coded('rotationZones', run.inputs.rotationZones, [
    ...[...rotationZones, ...tillageMeasures].map(({ code }) => code),
    ...Object.keys(tillagePractice),
  ]);
  raster('windErosionModulus', run.inputs.windErosion);
  raster('tolerance', run.inputs.tolerance);
  raster('coverManagement', run.inputs.coverManagement);
  raster('supportPractice', run.inputs.supportPractice);
  for (const zones of run.statistics.zones) {
    if (zones.kind === 'raster') {
      raster('zoneRaster', zones);
      continue;
    }
    const { file, layer: layerName, codeField, nameField, parentField, encoding } = zones;
    add(zoneLayer(zones.id), file, { layerName, codeField, nameField, parentField, encoding });
  }
  if (run.statistics.landAreas) add('landAreas', run.statistics.landAreas.file);
  if (run.statistics.targets) add('targets', run.statistics.targets);
  for (const scenario of run.scenarios) {
    const own = scenarioInputs.filter((name) => scenario.inputs[name] !== undefined);
    const ofScenario = declaredInputs(loadedScenario(loaded, scenario)).inputs;
    inputs.push(...ofScenario.filter(({ layer }) => own.some((name) => name === layer)));
  }
  return { inputs, context: contextOf(run) };
}

const zoneLayer = (id: string): LayerId =>
  ['county', 'township', 'watershed'].includes(id) ? layerIds.find((layer) => layer === id)! : 'zones';

type Add = (layer: LayerId, file: string, options?: Partial<Loose>) => void;

function addRain(run: RunFile, add: Add): void {
  const { rain } = run.inputs;
  if (rain.kind === 'daily-stations') {
    const years = usedYears(run).map((at) => rain.years[at]!);
    add('stationRain', rain.file, { encoding: rain.encoding, unit: rain.unit, years });
    add('stationPlaces', rain.stations);
  } else if (rain.kind === 'erosivity-raster') {
    const { file, crs, nodata, unit, band } = rain;
    add('rainfallErosivity', file, { crs, nodata, unit, ...(rain.bands === 'annual' ? { bands: [band] } : {}) });
  } else {
    const layer = {
      'daily-raster': 'dailyRain',
      'monthly-raster': 'monthlyRain',
      'annual-raster': 'annualRain',
    } as const;
    for (const { file, year, crs, nodata } of rain.files)
      add(layer[rain.kind], file, { year, crs, nodata, unit: rain.unit });
  }
}

function addSoil(
  run: RunFile,
  raster: (layer: LayerId, input: RasterInput | undefined, options?: Partial<Loose>) => void,
) {
  const { soil } = run.inputs;
  if (soil.kind === 'texture-rasters') {
    for (const layer of ['sand', 'silt', 'clay', 'organicCarbon', 'organicMatter'] as const) raster(layer, soil[layer]);
  } else if (soil.kind === 'erodibility-raster') raster('soilErodibility', soil, { unit: soil.unit });
  else raster('soilClass', soil, { codes: Object.keys(soil.values) });
}

function contextOf(run: RunFile): CheckContext {
  const { scheme, crosswalk } = run.inputs.landUse;
  const mapping = { ...landUseCrosswalk(scheme), ...crosswalk };
  const { crs, cellSizeMetres, extent } = run.grid;
  return {
    year: run.year,
    grid: { ...(crs ? { crs } : {}), ...(cellSizeMetres ? { cellSizeMetres } : {}), ...(extent ? { extent } : {}) },
    landUse: {
      codes: new Set(landUseClasses.map(({ code }) => code)),
      crosswalk: new Map(Object.entries(mapping).map(([from, to]) => [Number(from), to])),
      tableName: { zh: `土地利用分类“${scheme}”`, en: `the land-use scheme “${scheme}”` },
    },
  };
}
