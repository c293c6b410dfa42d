import { isGeographic } from '../../formats/crs.ts';
import type { Finding } from '../../messages/finding.ts';
import type { CheckContext } from '../declared-input.ts';
import { finding, type InspectedInput, isRaster } from '../inspected-input.ts';

/** Slopes and areas need metres: the grid of the run must be projected, whatever its inputs are in. */
export function checkGeographic(inputs: readonly InspectedInput[], context: CheckContext): Finding[] {
  const findings: Finding[] = [];
  const { crs, cellSizeMetres, extent } = context.grid ?? {};
  for (const input of inputs) {
    if (!isRaster(input) || input.inspection.crs.kind !== 'geographic') continue;
    const found = { zh: '坐标系以度为单位', en: 'its coordinate system is in degrees' };
    if (input.spec.id !== 'elevation')
      findings.push(
        finding(
          input,
          'note',
          'crs-geographic',
          found,
          { zh: '', en: '' },
          { zh: '将重采样到本次运行的投影网格', en: 'it is resampled to the projected grid of the run' },
        ),
      );
    else if (!crs || !cellSizeMetres || !extent || isGeographic(crs))
      findings.push(
        finding(
          input,
          'error',
          'crs-geographic-elevation',
          found,
          {
            zh: '坡度与坡长需要以米为单位的投影坐标系',
            en: 'slope and slope length need a projected system in metres',
          },
          {
            zh: '请先投影高程，或在 grid 中写明 crs（如 EPSG:4544）、cellSizeMetres 与 extent',
            en: 'project the elevation first, or state crs (such as EPSG:4544), cellSizeMetres and extent in grid',
          },
        ),
      );
  }
  return findings;
}
