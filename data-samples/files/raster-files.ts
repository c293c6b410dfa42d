import type { BandContent } from '../../pipeline/formats/raster-write.ts';
import { daysOfYear } from '../climate/calendar.ts';
import { rainGrid } from '../climate/daily-rain.ts';
import { changeReasons } from '../land/land-use-change.ts';
import { landUseColours, landUseNames } from '../land/land-use-codes.ts';
import { soilGrid } from '../land/soil.ts';
import { coverGrid } from '../land/vegetation-cover.ts';
import { windGrid } from '../land/wind-erosion.ts';
import { imageDates, type RegionContent, type SampleYear, sampleYears } from '../region-content.ts';
import { sampleCrs } from '../region-frame.ts';
import type { RasterFile } from './region-file.ts';

const elevationNodata = -9999;
/** The missing mark of the weather service. */
const rainNodata = 32766;
const coverNodata = 255;

/** All rasters of the region. */
export function rasterFiles(content: RegionContent): RasterFile[] {
  const { frame, elevation, understoreyCover, changeReason } = content;
  const coverBand = { nodata: coverNodata, unit: '%' };
  return [
    raster('elevation.tif', '高程', frame.grid, [
      { data: filled(elevation, elevationNodata), nodata: elevationNodata, unit: 'm', description: '高程' },
    ]),
    ...sampleYears.map((year) => landUse(content, year)),
    ...sampleYears.map((year) => dailyRain(content, year)),
    ...soil(content),
    ...sampleYears.map((year) =>
      raster(
        `cover/vegetation-cover-${year}.tif`,
        `${year} 年半月植被覆盖度`,
        coverGrid(frame),
        content.vegetationCover[year].map((data, k) => ({ data, ...coverBand, description: halfMonthName(k) })),
      ),
    ),
    raster('cover/understorey-cover.tif', '林下盖度', coverGrid(frame), [
      { data: understoreyCover, ...coverBand, description: '林下盖度' },
    ]),
    raster('wind-erosion.tif', '风力侵蚀模数', windGrid(frame), [
      { data: content.windErosion, nodata: -9999, unit: 't/(km2.a)', description: '风力侵蚀模数' },
    ]),
    raster('truth/land-use-change.tif', '土地利用变化原因（2023—2024）', frame.grid, [
      { data: changeReason, nodata: 0, description: '变化原因', categories: changeReasons },
    ]),
  ];
}

function raster(path: string, name: string, grid: RasterFile['grid'], bands: BandContent[]): RasterFile {
  return { kind: 'raster', path, grid: { ...grid, crs: sampleCrs }, metadata: { TITLE: name }, bands };
}

function filled(values: Float32Array, nodata: number): Float32Array {
  return values.map((value) => (Number.isNaN(value) ? nodata : value));
}

function landUse({ frame, landUse: maps }: RegionContent, year: SampleYear): RasterFile {
  const band: BandContent = {
    data: maps[year],
    nodata: 0,
    description: 'TDLYDM',
    colourTable: landUseColours,
    categories: landUseNames,
    metadata: { IMAGERY_DATE: imageDates[year] },
  };
  return raster(`land-use-${year}.tif`, `${year} 年土地利用`, frame.grid, [band]);
}

/** Tenths of a millimetre, as the weather service stores them. */
function dailyRain({ frame, rain }: RegionContent, year: SampleYear): RasterFile {
  const dates = daysOfYear(year);
  const bands = rain[year].map((depths, day) => ({
    data: Int16Array.from(depths, (depth) => Math.floor(depth * 10 + 0.5)),
    nodata: rainNodata,
    unit: '0.1 mm',
    description: dates[day]!,
  }));
  return raster(`rain/daily-rain-${year}.tif`, `${year} 年逐日降雨`, rainGrid(frame), bands);
}

function soil({ frame, soil: maps }: RegionContent): RasterFile[] {
  const layers = [
    ['sand', '砂粒（0.05–2 mm）', '%', maps.sand],
    ['silt', '粉粒（0.002–0.05 mm）', '%', maps.silt],
    ['clay', '黏粒（<0.002 mm）', '%', maps.clay],
    ['organic-carbon', '有机碳', '%', maps.organicCarbon],
    ['erodibility', '土壤可蚀性因子 K', 't.hm2.h/(hm2.MJ.mm)', maps.erodibility],
  ] as const;
  return layers.map(([file, description, unit, data]) =>
    raster(`soil/${file}.tif`, description, soilGrid(frame), [{ data, nodata: -9999, unit, description }]),
  );
}

function halfMonthName(k: number): string {
  return `${Math.floor(k / 2) + 1}月${k % 2 === 0 ? '上' : '下'}半月`;
}
