import type { CodedRow, Confidence } from './confidence.ts';

const row = (
  code: string,
  value: number,
  zh: string,
  en: string,
  confidence: Confidence = 'uncertain',
): CodedRow<number> => ({
  code,
  value,
  name: { zh, en },
  source: '郭乾坤等 2013; 第一次全国水利普查水土保持情况普查',
  confidence,
  validFrom: null,
  validTo: null,
});

/** E of engineering measures (工程措施). Codes and values are recalled and must be checked against the yearly guide. */
export const engineeringMeasures: readonly CodedRow<number>[] = [
  row('020101', 0.084, '土坎水平梯田', 'level terrace, earth bank'),
  row('020102', 0.121, '石坎水平梯田', 'level terrace, stone bank'),
  row('020103', 0.414, '坡式梯田', 'sloping terrace'),
  row('020104', 0.347, '隔坡梯田', 'terrace with slope interval'),
  row('0202', 0.347, '软埝（地埂）', 'ridge bank'),
  row('0203', 0.151, '水平阶（反坡梯田）', 'level bench, reverse-slope bench'),
  row('0204', 0.335, '水平沟（竹节沟）', 'contour trench'),
  row('0205', 0.249, '鱼鳞坑', 'fish-scale pits'),
  row('0206', 0.16, '大型果树坑', 'large tree pits'),
];
