import type { Finding } from '../../messages/finding.ts';
import type { CheckContext } from '../declared-input.ts';
import { unitSuffix } from '../describe-crs.ts';
import { finding, type InspectedInput, type InspectedRaster, isRaster } from '../inspected-input.ts';
import { plainNumber } from '../numbers.ts';

interface Lattice {
  readonly cell: number;
  readonly x: number;
  readonly y: number;
}

function latticeOf(input: InspectedRaster): Lattice | undefined {
  const { georeference } = input.inspection;
  const transform = georeference.transform;
  if (georeference.kind !== 'affine' || georeference.rotated || !transform || !georeference.cellWidth) return undefined;
  return { cell: georeference.cellWidth, x: transform[0], y: transform[3] };
}

/** Distance to the lattice of another raster in cells, −0.5 … 0.5 on each axis. */
function offset(own: Lattice, other: Lattice): { x: number; y: number } {
  const part = (difference: number): number => {
    const cells = difference / other.cell;
    return cells - Math.round(cells);
  };
  return { x: part(own.x - other.x), y: part(own.y - other.y) };
}

const sameSystem = (a: InspectedRaster, b: InspectedRaster): boolean => {
  const [left, right] = [a.inspection.crs, b.inspection.crs];
  return left.epsg !== undefined ? left.epsg === right.epsg : left.proj4 !== undefined && left.proj4 === right.proj4;
};

const near = (value: number, target: number): boolean => Math.abs(Math.abs(value) - target) < 0.02;

/**
 * All rasters lie on one lattice of cells, compared with the elevation. Half a cell of shift on both axes is the mark of
 * PixelIsPoint read as PixelIsArea (or the other way round) somewhere on the way.
 */
export function checkLattice(inputs: readonly InspectedInput[], context: CheckContext): Finding[] {
  const rasters = inputs.filter(isRaster);
  const base = rasters.find((input) => input.spec.id === 'elevation') ?? rasters[0];
  if (!base) return [];
  const findings: Finding[] = [];
  for (const input of rasters) findings.push(...pixelIsPoint(input));
  findings.push(...cellSizes(base, context));
  const baseLattice = latticeOf(base);
  if (!baseLattice) return findings;
  for (const input of rasters) {
    if (input === base || !sameSystem(input, base)) continue;
    const lattice = latticeOf(input);
    if (!lattice) continue;
    findings.push(...compare(input, base, lattice, baseLattice));
  }
  return findings;
}

/** Land use and cover change from field to field; rain, soil and wind come on coarse cells as a rule. */
const isDetailed = (input: InspectedRaster): boolean =>
  ['landUse', 'vegetationCover', 'understoreyCover', 'engineeringMeasures', 'rotationZones'].includes(input.spec.id);

function compare(input: InspectedRaster, base: InspectedRaster, lattice: Lattice, baseLattice: Lattice): Finding[] {
  const ratio = lattice.cell / baseLattice.cell;
  const size = (cell: number): string => plainNumber(cell) + unitSuffix(base.inspection.crs);
  if (Math.abs(ratio - 1) > 1e-6)
    return [
      finding(
        input,
        isDetailed(input) && (ratio > 3.5 || ratio < 1 / 3.5) ? 'warning' : 'note',
        'cell-size-differs',
        {
          zh: `像元大小 ${size(lattice.cell)}，与“${base.declared.displayName}”的 ${size(baseLattice.cell)} 不同`,
          en: `its cells are ${size(lattice.cell)}, those of ${base.declared.displayName} ${size(baseLattice.cell)}`,
        },
        { zh: '', en: '' },
        { zh: '将重采样；由粗到细不会增加细节', en: 'it will be resampled; finer cells do not add detail' },
      ),
    ];
  const { x, y } = offset(lattice, baseLattice);
  if (Math.abs(x) < 1e-3 && Math.abs(y) < 1e-3) return [];
  const half = near(x, 0.5) && near(y, 0.5);
  const shown = `${x.toFixed(2)}, ${y.toFixed(2)}`;
  return [
    finding(
      input,
      half ? 'warning' : 'note',
      half ? 'lattice-half-cell' : 'lattice-offset',
      {
        zh: `与“${base.declared.displayName}”的网格错开 ${shown} 个像元（x, y）`,
        en: `its cells are shifted by ${shown} cells (x, y) against ${base.declared.displayName}`,
      },
      half
        ? {
            zh: '错开半个像元，多半是像元中心与像元角点（PixelIsPoint/PixelIsArea）混淆',
            en: 'half a cell points to PixelIsPoint taken for PixelIsArea, or the reverse',
          }
        : { zh: '各图层网格应对齐', en: 'the layers should share one lattice' },
      half
        ? { zh: '请核对生产该数据的软件设置', en: 'check how the file was written' }
        : { zh: '将重采样到本次运行的网格', en: 'it will be resampled to the grid of the run' },
    ),
  ];
}

function pixelIsPoint(input: InspectedRaster): Finding[] {
  if (!input.inspection.georeference.pixelIsPoint) return [];
  return [
    finding(
      input,
      'note',
      'pixel-is-point',
      { zh: '坐标指像元中心（PixelIsPoint）', en: 'its coordinates name cell centres (PixelIsPoint)' },
      { zh: '', en: '' },
      { zh: '已按半个像元换算为角点', en: 'they are moved by half a cell to corners' },
    ),
  ];
}

/** A grid finer than the elevation promises slopes that the elevation does not hold. */
function cellSizes(base: InspectedRaster, context: CheckContext): Finding[] {
  const wanted = context.grid?.cellSizeMetres;
  const unit = base.inspection.crs.kind === 'geographic' ? 111_320 : (base.inspection.crs.unitToMetre ?? 1);
  const own = (base.inspection.georeference.cellHeight ?? 0) * unit;
  if (base.spec.id !== 'elevation' || !wanted || own <= 0) return [];
  if (own / wanted < 1.9) return [];
  return [
    finding(
      base,
      'warning',
      'elevation-coarser-than-grid',
      {
        zh: `高程像元约 ${plainNumber(own)} m，计算网格为 ${plainNumber(wanted)} m`,
        en: `its cells are about ${plainNumber(own)} m, the grid of the run ${plainNumber(wanted)} m`,
      },
      {
        zh: '坡度随像元变粗而变缓，重采样不能恢复',
        en: 'slopes flatten with coarser cells, and resampling does not bring them back',
      },
      { zh: '请勿与其他高程的年份直接比较', en: 'do not compare with years computed from another elevation' },
    ),
  ];
}
