/* How the columns of rain and station tables are called, in Chinese and English. */

export const dateNames = /^(date(time)?|day|日期|时间|观测日期|年月日|localtime|utctime)$/i;
export const stationNames = /^(station(_?id)?|site(_?id)?|id|站号|站点|站码|台站号|区站号)$/i;
export const rainNames =
  /^(rain(fall)?|p|pcp|precip(itation)?|r|日雨量|日降水量|降水量|雨量|降雨量)(_?mm|（mm）|\(mm\))?$/i;
export const longitudeNames = /^(lon(gitude)?|经度)$/i;
export const latitudeNames = /^(lat(itude)?|纬度)$/i;
