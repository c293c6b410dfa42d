import type { Bilingual } from '../parameters/confidence.ts';

/** What decides whether two years may be compared; equal text means equal settings. */
export interface ComparableFacts {
  readonly grid: string;
  readonly elevation: string;
  readonly model: string;
  readonly parameters: string;
  readonly erosivityMode: string;
  readonly landUseScheme: string;
}

export interface Incomparability {
  readonly fact: keyof ComparableFacts;
  readonly reason: Bilingual;
}

const names: Readonly<Record<keyof ComparableFacts, Bilingual>> = {
  grid: { zh: '网格不同', en: 'the grids differ' },
  elevation: { zh: '高程数据不同', en: 'the elevation data differ' },
  model: { zh: '模型不同', en: 'the models differ' },
  parameters: { zh: '参数不同', en: 'the parameters differ' },
  erosivityMode: { zh: '降雨侵蚀力计算方式不同', en: 'the erosivity modes differ' },
  landUseScheme: { zh: '土地利用分类体系不同', en: 'the land-use schemes differ' },
};

/** Reasons why two years must not be compared (不可比); none when they may. A change of method shows up as false change. */
export function incomparabilities(previous: ComparableFacts, current: ComparableFacts): Incomparability[] {
  return (Object.keys(names) as (keyof ComparableFacts)[])
    .filter((fact) => previous[fact] !== current[fact])
    .map((fact) => ({ fact, reason: names[fact] }));
}
