import { projStringsByEpsg } from '../../formats/crs-definitions.ts';
import { crsParameters, datumFamilyOf } from '../../formats/crs-parameters.ts';
import type { Finding } from '../../messages/finding.ts';
import type { CheckContext } from '../declared-input.ts';
import { datumText } from '../describe-crs.ts';
import { finding, type InspectedInput } from '../inspected-input.ts';

function familyOf(proj4: string | undefined): string | undefined {
  if (!proj4) return undefined;
  const family = datumFamilyOf(crsParameters(proj4));
  return family === 'other' ? undefined : family;
}

const carriesShift = (proj4: string): boolean => /\+(towgs84|nadgrids|datum)=/.test(proj4);

/** The run's own system as a PROJ string: that of the run file, else that of the elevation. */
function runProj4(inputs: readonly InspectedInput[], context: CheckContext): string | undefined {
  const stated = context.grid?.crs;
  if (stated?.startsWith('+')) return stated;
  const code = /^(?:EPSG:)?(\d+)$/i.exec(stated ?? '')?.[1];
  if (code) return projStringsByEpsg.get(Number(code));
  const elevation = inputs.find((input) => input.spec.id === 'elevation')?.inspection;
  return elevation?.kind === 'raster' ? elevation.crs.proj4 : undefined;
}

/**
 * All inputs stand on one datum. Beijing 1954 and Xian 1980 lie tens of metres from CGCS2000, by shifts that are not
 * published; mixing them silently would move every boundary.
 */
export function checkDatums(inputs: readonly InspectedInput[], context: CheckContext): Finding[] {
  const target = runProj4(inputs, context);
  const wanted = familyOf(target);
  if (!target || !wanted) return [];
  const findings = oldDatum(inputs, wanted);
  for (const input of inputs) {
    const { inspection } = input;
    if (inspection.kind !== 'raster' && inspection.kind !== 'vector') continue;
    const own = inspection.crs.proj4;
    const family = familyOf(own);
    if (!own || !family || family === wanted || (carriesShift(own) && carriesShift(target))) continue;
    const [zh, en] = [datumText(family).zh, datumText(family).en];
    findings.push(
      finding(
        input,
        'error',
        'crs-datum-mixed',
        { zh: `基准为 ${zh}，本次运行为 ${datumText(wanted).zh}`, en: `stands on ${en}, the run on ${wanted}` },
        {
          zh: '所有输入应为同一基准；两者相差 30–150 m，转换参数未公开',
          en: 'all inputs must stand on one datum; the two differ by 30–150 m and the shift is not published',
        },
        {
          zh: '请用当地转换参数先行转换，或在 crs 中写明带 +towgs84 的定义',
          en: 'transform it first with local parameters, or state a crs with +towgs84',
        },
      ),
    );
  }
  return findings;
}

/** Results stand on the datum of the elevation; official ones have had to be in CGCS2000 since July 2018. */
function oldDatum(inputs: readonly InspectedInput[], family: string): Finding[] {
  const elevation = inputs.find((input) => input.spec.id === 'elevation');
  if (!elevation || (family !== 'Beijing 1954' && family !== 'Xian 1980')) return [];
  return [
    finding(
      elevation,
      'warning',
      'crs-old-datum',
      { zh: `本次运行的基准为 ${datumText(family).zh}`, en: `the run stands on ${family}` },
      { zh: '成果应采用 2000 国家大地坐标系（CGCS2000）', en: 'results are to be handed in on CGCS2000' },
      {
        zh: '可以计算；上报前请用当地参数转换，或改用 CGCS2000 的数据',
        en: 'it can be computed; transform the results with local parameters before handing them in, or use data on CGCS2000',
      },
    ),
  ];
}
