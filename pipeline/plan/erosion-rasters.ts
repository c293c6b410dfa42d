import type { LoadedRun } from '../inputs/run-file.ts';
import type { LayerParameters } from '../tasks/erosion-parameters.ts';
import type { ErosionSettings } from './erosion-settings.ts';
import { layerParameters, layerRange } from './layer-parameters.ts';

/** A raster of the user: its input name in the erosion task, its file as written, and how it is read. */
export interface RasterSource {
  readonly name: string;
  readonly file: string;
  readonly layer: LayerParameters;
  /** Codes are read from the nearest pixel, quantities from its neighbours too. */
  readonly isCodes: boolean;
}

/** Rasters of the user that an erosion tile reads, with the bands and systems that decide what it depends on. */
export function erosionRasters(loaded: LoadedRun, settings: ErosionSettings): RasterSource[] {
  const { inputs } = loaded.run;
  const { soil, practice } = settings;
  const rasters: RasterSource[] = [
    { name: 'landUse', file: inputs.landUse.file, layer: settings.landUse, isCodes: true },
  ];
  const add = (name: string, file: string | undefined, layer: LayerParameters | null | undefined, isCodes = false) => {
    if (file !== undefined && layer) rasters.push({ name, file, layer, isCodes });
  };
  if (soil.kind === 'texture' && inputs.soil.kind === 'texture-rasters') {
    add('sand', inputs.soil.sand.file, soil.sand);
    add('silt', inputs.soil.silt.file, soil.silt);
    add('clay', inputs.soil.clay.file, soil.clay);
    add('organic', (inputs.soil.organicCarbon ?? inputs.soil.organicMatter)?.file, soil.organic);
  } else if (soil.kind === 'ready' && inputs.soil.kind === 'erodibility-raster')
    add('soilErodibility', inputs.soil.file, soil.layer);
  else if (soil.kind === 'classes' && inputs.soil.kind === 'erodibility-by-class')
    add('soilClasses', inputs.soil.file, soil.layer, true);

  if (practice.model === 'CSLE') {
    if (practice.biological === 'half-month') {
      add('cover', inputs.vegetationCover?.file, practice.cover?.layer);
      add('understorey', inputs.understoreyCover?.file, practice.understorey);
    }
    if (inputs.engineeringMeasures?.kind === 'raster')
      add('engineering', inputs.engineeringMeasures.file, practice.engineering?.layer, true);
    if (inputs.rotationZones?.kind === 'raster')
      add('tillage', inputs.rotationZones.file, practice.tillage?.layer, true);
  } else {
    const { coverManagement, supportPractice } = practice;
    if (coverManagement.kind === 'raster') add('coverManagement', inputs.coverManagement?.file, coverManagement.layer);
    if (coverManagement.kind === 'cover') add('cover', inputs.vegetationCover?.file, coverManagement.cover.layer);
    if (supportPractice.kind === 'raster') add('supportPractice', inputs.supportPractice?.file, supportPractice.layer);
  }
  add('tolerance', inputs.tolerance?.file, settings.tolerance.tolerance);
  if (inputs.windErosion)
    add('windErosion', inputs.windErosion.file, layerParameters(inputs.windErosion, layerRange.windModulus));
  return rasters;
}
