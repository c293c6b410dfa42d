import { describe, expect, it } from 'vitest';
import {
  chinaAlbers,
  coordinateTransform,
  crs,
  crsEquivalent,
  crsFromWkt,
  datumFamily,
  datumShiftMissing,
  epsgFromLongitude,
  gaussKruegerZones,
  projString,
  projStringsByEpsg,
  zoneFromLongitude,
  zonePrefixOfEasting,
} from '../../../pipeline/formats/crs.ts';
import { crsParameters, sameParameters } from '../../../pipeline/formats/crs-parameters.ts';
import {
  geographicCellAreaSquareMetres,
  geographicRowAreasSquareMetres,
} from '../../../pipeline/formats/ellipsoid-area.ts';
import { gdal } from '../../../pipeline/formats/gdal.ts';

describe('definitions of Chinese coordinate systems', () => {
  it('say what the EPSG database says', () => {
    expect(gaussKruegerZones).toHaveLength(192);
    for (const [epsg, text] of projStringsByEpsg) {
      const registry = gdal.SpatialReference.fromEPSG(epsg).toProj4();
      expect(sameParameters(crsParameters(text), crsParameters(registry), true), `EPSG:${epsg} ${registry}`).toBe(true);
    }
  });

  it('find zone, central meridian and codes from a longitude (facts G1)', () => {
    const rows = [
      [102.0, 18, 105, 4496, 4507, 34, 102, 4522, 4543],
      [104.0, 18, 105, 4496, 4507, 35, 105, 4523, 4544],
      [104.61, 18, 105, 4496, 4507, 35, 105, 4523, 4544],
      [105.0, 18, 105, 4496, 4507, 35, 105, 4523, 4544],
      [106.5, 18, 105, 4496, 4507, 36, 108, 4524, 4545],
      [120.0, 21, 123, 4499, 4510, 40, 120, 4528, 4549],
      [135.0, 23, 135, 4501, 4512, 45, 135, 4533, 4554],
    ] as const;
    for (const [longitude, zone6, meridian6, prefix6, plain6, zone3, meridian3, prefix3, plain3] of rows) {
      expect(zoneFromLongitude(longitude, 6)).toEqual({ zone: zone6, centralMeridianDegrees: meridian6 });
      expect(zoneFromLongitude(longitude, 3)).toEqual({ zone: zone3, centralMeridianDegrees: meridian3 });
      expect(epsgFromLongitude(longitude, 6, { zonePrefix: true })).toBe(prefix6);
      expect(epsgFromLongitude(longitude, 6)).toBe(plain6);
      expect(epsgFromLongitude(longitude, 3, { zonePrefix: true })).toBe(prefix3);
      expect(epsgFromLongitude(longitude, 3)).toBe(plain3);
    }
    expect(epsgFromLongitude(30, 3)).toBeUndefined();
    expect(zonePrefixOfEasting(35_412_345)).toBe(35);
    expect(zonePrefixOfEasting(412_345)).toBeUndefined();
  });
});

describe('coordinate transforms', () => {
  it('agree with GDAL in x-y order for every Chinese zone', () => {
    for (const zone of gaussKruegerZones) {
      const geographic = { CGCS2000: 4490, 'Xian 1980': 4610, 'Beijing 1954': 4214 }[zone.datum];
      const transform = coordinateTransform(`EPSG:${geographic}`, `EPSG:${zone.epsg}`);
      const reference = new gdal.CoordinateTransformation(crs(geographic), crs(zone.epsg));
      const longitude = zone.centralMeridianDegrees + 0.7;
      const [x, y] = transform.point(longitude, 35.58);
      const expected = reference.transformPoint(longitude, 35.58);
      expect(Math.abs(x - expected.x)).toBeLessThan(1e-6);
      expect(Math.abs(y - expected.y)).toBeLessThan(1e-6);
      const [backLongitude, backLatitude] = coordinateTransform(`EPSG:${zone.epsg}`, `EPSG:${geographic}`).point(x, y);
      expect(Math.abs(backLongitude - longitude)).toBeLessThan(1e-11);
      expect(Math.abs(backLatitude - 35.58)).toBeLessThan(1e-11);
    }
  });

  it('give the published Albers coordinates (facts G3)', () => {
    const transform = coordinateTransform('EPSG:4490', chinaAlbers);
    const rows = [
      [104, 30.5, -94766.111086, 3228241.5553],
      [104.61, 35.58, -34710.108584, 3800404.669444],
      [105, 36, 0, 3847798.899949],
      [120, 30, 1424561.025657, 3279461.70331],
      [75, 40, -2480911.473379, 4677571.279258],
    ] as const;
    for (const [longitude, latitude, x, y] of rows) {
      const found = transform.point(longitude, latitude);
      expect(found[0]).toBeCloseTo(x, 5);
      expect(found[1]).toBeCloseTo(y, 5);
    }
  });

  it('answer NaN instead of failing where there is no answer', () => {
    const transform = coordinateTransform('EPSG:4490', 'EPSG:4544');
    expect(transform.point(Number.NaN, 30)).toEqual([Number.NaN, Number.NaN]);
    const x = Float64Array.of(105, Infinity);
    const y = Float64Array.of(0, 0);
    transform.arrays(x, y);
    expect([...x]).toEqual([500_000, Number.NaN]);
  });

  it('fall back on GDAL for projections the script library lacks', () => {
    const transform = coordinateTransform('EPSG:4326', '+proj=igh +lon_0=0 +datum=WGS84 +units=m');
    expect(Math.abs(transform.point(105, 35)[0])).toBeGreaterThan(1e6);
  });
});

describe('comparing coordinate systems', () => {
  it('looks at meaning, not spelling', () => {
    const spelt = '+proj=tmerc +lon_0=105 +x_0=500000 +ellps=GRS80 +k_0=1.0';
    expect(crsEquivalent('EPSG:4544', spelt)).toBe(true);
    expect(crsEquivalent('EPSG:4544', gdal.SpatialReference.fromEPSG(4544).toWKT())).toBe(true);
    expect(crsEquivalent('EPSG:4490', 'EPSG:4326')).toBe(true);
    expect(crsEquivalent('EPSG:32648', '+proj=tmerc +lat_0=0 +lon_0=105 +k=0.9996 +x_0=500000 +datum=WGS84')).toBe(
      true,
    );
    expect(crsEquivalent('EPSG:4544', 'EPSG:4523')).toBe(false);
    expect(crsEquivalent('EPSG:4544', 'EPSG:4545')).toBe(false);
    expect(crsEquivalent('EPSG:4544', 'EPSG:2380')).toBe(false);
    expect(crsEquivalent('EPSG:4544', `${projString('EPSG:4544')} +towgs84=10,20,30,0,0,0,0`)).toBe(false);
  });

  it('names a Chinese system written out in ESRI text without a code', () => {
    const text =
      'PROJCS["CGCS2000_3_Degree_GK_CM_105E",GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",105.0],PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]';
    expect(crsFromWkt(text)).toBe('EPSG:4544');
    expect(crsFromWkt(text.replace('298.257222101', '298.3').replace('6378137.0', '6378245.0'))).toBe('EPSG:2432');
    expect(crsFromWkt('LOCAL_CS["site grid",UNIT["metre",1]]')).toBeNull();
    expect(crsFromWkt('nonsense')).toBeNull();
  });

  it('knows which pairs would need a datum shift that nobody gave', () => {
    expect(datumFamily('EPSG:4523')).toBe('CGCS2000/WGS 84');
    expect(datumFamily('EPSG:2411')).toBe('Beijing 1954');
    expect(datumFamily('EPSG:2370')).toBe('Xian 1980');
    expect(datumShiftMissing('EPSG:4544', 'EPSG:4326')).toBe(false);
    expect(datumShiftMissing('EPSG:2411', 'EPSG:2432')).toBe(false);
    expect(datumShiftMissing('EPSG:2411', 'EPSG:4544')).toBe(true);
    expect(datumShiftMissing('EPSG:2411', 'EPSG:2370')).toBe(true);
    expect(datumShiftMissing(`${projString('EPSG:2432')} +towgs84=15.8,-154.4,-82.3,0,0,0,0`, 'EPSG:4544')).toBe(false);
  });

  it('applies a shift that the source carries', () => {
    const shifted = `${projString('EPSG:2432')} +towgs84=15.8,-154.4,-82.3,0,0,0,0`;
    const [x] = coordinateTransform(shifted, 'EPSG:4544').point(400_000, 3_800_000);
    const [plain] = coordinateTransform('EPSG:2432', 'EPSG:4544').point(400_000, 3_800_000);
    expect(Math.abs(x - plain)).toBeGreaterThan(10);
    const reference = new gdal.CoordinateTransformation(crs(shifted), crs('+proj=longlat +datum=WGS84'));
    const expected = reference.transformPoint(400_000, 3_800_000);
    const [longitude, latitude] = coordinateTransform(shifted, 'EPSG:4326').point(400_000, 3_800_000);
    expect(Math.abs(longitude - expected.x)).toBeLessThan(1e-9);
    expect(Math.abs(latitude - expected.y)).toBeLessThan(1e-9);
  });

  it('refuses descriptions nobody knows, in one line', () => {
    expect(() => projString('EPSG:999999')).toThrowError(expect.objectContaining({ name: 'UserError' }));
    expect(() => projString('somewhere')).toThrowError(expect.objectContaining({ name: 'UserError' }));
  });
});

describe('areas of cells in degrees', () => {
  it('equal the exact ellipsoidal areas (facts G2)', () => {
    const second = 1 / 3600;
    expect(geographicCellAreaSquareMetres(30.5, 30.5 + second, second)).toBeCloseTo(821.181613, 3);
    expect(geographicCellAreaSquareMetres(45, 45.001, 0.001)).toBeCloseTo(8762.313488, 3);
    const rows = geographicRowAreasSquareMetres(40, 0.5, 0.5, 4);
    const block = geographicCellAreaSquareMetres(38, 40, 0.5);
    expect(rows.reduce((sum, area) => sum + area, 0) / block).toBeCloseTo(1, 12);
  });
});
